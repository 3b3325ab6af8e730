// The picture of a finding: taken or chosen, made small, kept in the browser.

const LONGEST_SIDE = 1600;

// Drawing the picture anew makes it small and leaves its position data behind.
async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}

// Gives { tell, empty }. `finding` reads the one of the draft, `changed` keeps it; `kept` hears
// whether the browser has the picture, `busy` whether it is being read.
function makePhotoField({ parent, words, reports, finding, changed, kept, busy }) {
  // The browser's own file button speaks the browser's language, so its label stands for it.
  const input = make("input", "tk-phone-file");
  input.type = "file";
  const label = make("label", "tk-phone-choice tk-phone-photo", words.photo);
  label.append(input);
  parent.append(label);
  input.accept = "image/*";
  input.setAttribute("capture", "environment");
  const said = make("p", "tk-phone-told");
  const drop = button(words.photoDrop, "tk-phone-small", () => {
    if (!window.confirm(words.photoDropSure)) return;
    Object.assign(finding(), { photo: "", photoId: "" });
    input.value = "";
    changed();
    tell("");
  });
  parent.append(said, drop);
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    const pictured = finding();
    // A finding is not finished before its picture is read and kept.
    busy(true);
    tell(words.photoReading);
    let problem = "";
    try {
      pictured.photo = await smaller(file);
      await reports.keepPhoto(pictured);
    } catch { problem = words.photoBad; }
    busy(false);
    tell(problem);
  });
  function tell(text) {
    const { photo, photoId } = finding();
    said.textContent = text || (photo ? words.photoReady : "");
    drop.hidden = !photo;
    kept(!photo || Boolean(photoId));
  }
  return { tell, empty: () => { input.value = ""; } };
}
