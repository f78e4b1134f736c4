"""What a page costs without the product: the same widgets on a Streamlit page, under the same settings."""
