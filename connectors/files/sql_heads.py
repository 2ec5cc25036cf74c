"""How the statements of SQL dumps begin, and what stands between them."""

import re

from connectors.files.sql_syntax import NAME, NAMES

GAP = re.compile(rb"(?:\s++|;|(?i:GO)[ \t]*+(?=[\r\n]|\Z))*+")
NOTES = re.compile(rb"(?:\s++|--[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
BETWEEN = re.compile(
    rb"(?:\s++|;|--[^\n]*+(?:\n|\Z)|\#[^\n]*+(?:\n|\Z)|/\*.*?\*/|\\(?!\.)[^\n]*+(?:\n|\Z)"
    rb"|(?i:GO|REM\b[^\n]*+|PROMPT\b[^\n]*+|/)[ \t\r]*+(?:\n|\Z))*+",
    re.DOTALL,
)
_INTO = (
    rb"\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+|OVERWRITE|ALL|INTO|TABLE|ONLY)"
    rb"\s+)*+"
)
INSERT = re.compile(
    rb"(?i:(?:INSERT|REPLACE|INTO)(?:" + _INTO + rb"))(" + NAME + rb")\s*+(" + NAMES + rb")?\s*+"
    rb"(?i:(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?)\s*+(?=\()"
)
COPY = re.compile(
    rb"(?i:COPY)\s+(" + NAME + rb")\s*+(" + NAMES + rb")?\s+(?i:FROM\s+STDIN)\b[^\n]*+\n"
)
COPIED = re.compile(rb"^\\\.\r?$", re.MULTILINE)
WORD = re.compile(rb"[A-Za-z]+")
DELIMITER = re.compile(rb"(?i:DELIMITER)[ \t]+(\S+)")
PLAIN = re.compile(rb"\n\s*+(?i:DELIMITER)[ \t]+;")
USE = re.compile(rb"(?i:USE)\s+(" + NAME + rb")")
UPSERT = (b"ON DUPLICATE", b"on duplicate", b"ON CONFLICT", b"on conflict")
USUAL = {"dbo", "public"}  # schemas that tell nothing
UNREAD = (b"UPDATE", b"MERGE", b"INSERT", b"REPLACE")
# What a dump says of itself at its beginning, and then at its end.
ENDINGS = (
    (b"-- MySQL dump", b"-- Dump completed"),
    (b"-- MariaDB dump", b"-- Dump completed"),
    (b"-- PostgreSQL database dump", b"-- PostgreSQL database dump complete"),
)
