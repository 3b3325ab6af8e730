// What one window of the browser tells the others, and where the server leads it.

// When this browser is handed to a room, its other windows must not show what staff see.
function heedLock(locked) {
  if (!window.trygghetskartaLock) {
    window.trygghetskartaLock = new BroadcastChannel("trygghetskarta-dialog");
    window.trygghetskartaLock.onmessage = (message) => {
      if (message.data !== window.trygghetskartaLocked) location.reload();
    };
    // A page that the browser had put aside missed what was said.
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }
  const isNew = locked !== window.trygghetskartaLocked;
  window.trygghetskartaLocked = locked;
  if (locked && isNew) window.trygghetskartaLock.postMessage(locked);
}

export default function (component) {
  const { locked, leads } = component.data;
  heedLock(locked);
  if (leads) location.assign(leads);
}
