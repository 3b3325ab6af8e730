"""From gated figures to what a person sees. Opens no file, knows no Streamlit."""
