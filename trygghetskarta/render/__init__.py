"""From gated figures to what a person sees: texts, maps, charts and files. No file, no Streamlit."""
