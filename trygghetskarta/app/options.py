"""Every setting of Streamlit that this app stands on: given here, and read from nowhere else.

A file ``.streamlit/config.toml`` in the folder somebody happens to stand in, or in their home,
would otherwise change the colours, open an agent's door or send statistics out of the house.
"""

from streamlit import config as streamlit_config

from trygghetskarta.app.door import Names
from trygghetskarta.draw import palette
from trygghetskarta.settings import Settings

_FIXED: dict[str, object] = {
    "browser.gatherUsageStats": False,
    # The line that says where is our own; Streamlit's is English, and so are its offers.
    "logger.hideWelcomeMessage": True,
    "server.showEmailPrompt": False,
    # The browser is opened by us, at the one address there is.
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.corsAllowedOrigins": [],
    "client.allowedOrigins": [],
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "runner.magicEnabled": False,
    "theme.base": "light",
    "theme.primaryColor": palette.ACCENT,
    "theme.backgroundColor": palette.WHITE,
    "theme.secondaryBackgroundColor": palette.GROUND,
    "theme.textColor": palette.INK,
    "theme.linkColor": palette.ACCENT,
    "theme.borderColor": palette.LINE,
    "theme.baseRadius": "6px",
    "theme.font": "sans-serif",
}


def options(ground: Settings, names: Names) -> dict[str, object]:
    """Streamlit's settings for an app with these settings of ours."""
    return {
        **_FIXED,
        "server.address": ground.address,
        "server.port": ground.port,
        "server.allowedHosts": names.hosts,
        "server.maxUploadSize": ground.max_file_megabytes,
    }


def read_no_files() -> None:
    """Keep Streamlit from reading settings and secrets from any folder."""
    streamlit_config.get_config_files = lambda file_name: []
