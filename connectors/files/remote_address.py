"""Addresses of buckets and servers of files: one canonical spelling, credentials apart."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from connectors.base import UnknownSource
from connectors.files.paths import glob_uri

Options = dict[str, object]
SECONDS = 10  # to connect; an answer may take six times as long


@dataclass(frozen=True, slots=True)
class Address:
    """Where files lie away from here.

    `path` begins with the bucket, or with `/` on a server; `prefix` is what stands before it
    in URIs. `extra` of picensus brings what the file system of fsspec, `system`, needs with its
    `options`. A `whole` path is given to it with the prefix.
    """

    scheme: str
    prefix: str
    path: str
    system: str
    extra: str
    options: Options = field(repr=False)
    whole: bool = False

    @property
    def source(self) -> str:
        """The canonical URI."""
        return glob_uri(self.path, self.prefix)


@dataclass(frozen=True, slots=True)
class _Url:
    """A URL taken apart, its parts unquoted."""

    scheme: str
    user: str | None
    password: str | None
    host: str
    port: int | None
    path: str
    query: Mapping[str, str]

    @property
    def server(self) -> str:
        """Host and port as they stand in a URI."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


def address_of(text: str) -> Address:
    """The address that a URL gives.

    Raises:
        UnknownSource: it is no URL of such; the sentence never repeats what was given.
    """
    scheme = text.partition("://")[0]
    advice = f"write {_FORMS[scheme]}"
    try:
        parts = urlsplit(text)
        query, tail = _query(parts.query)
        url = _Url(
            scheme,
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
            parts.hostname or "",
            parts.port,
            unquote(parts.path + tail),
            query,
        )
    except ValueError:
        raise UnknownSource(f"the {scheme}:// URL cannot be read: {advice}") from None
    if not url.host or "@" in parts.path:
        raise UnknownSource(f"the {scheme}:// URL cannot be read: {advice}")
    known = _ASKED.get(scheme, frozenset())
    unknown = sorted(set(query) - known)
    if unknown:
        allowed = ", ".join(sorted(known)) or "none"
        message = f"the {scheme}:// URL has an option that is not known: there are {allowed}"
        raise UnknownSource(message)
    return _SCHEMES[scheme](url)


def _query(text: str) -> tuple[dict[str, str], str]:
    """The options after `?`; or what follows it as part of a glob, where it has no `=`."""
    if not text or "=" not in text:
        return {}, f"?{text}" if text else ""
    return dict(parse_qsl(text, keep_blank_values=True)), ""


def _bucket(url: _Url, system: str, extra: str, options: Options) -> Address:
    """A bucket, and what lies in it; of a server of one's own where an endpoint is given."""
    endpoint = url.query.get("endpoint", "")
    prefix = f"{url.scheme}://" + (f"{urlsplit(endpoint).netloc or endpoint}/" if endpoint else "")
    path = f"{url.host}/{url.path.strip('/')}".rstrip("/")
    given: Options = {key: value for key, value in options.items() if value is not None}
    return Address(url.scheme, prefix, path, system, extra, given)


def _s3(url: _Url) -> Address:
    """Also of the clouds that speak it; the endpoint of a region has a known name."""
    region = url.query.get("region")
    endpoint = url.query.get("endpoint") or _ENDPOINTS.get(url.scheme, "").format(region=region)
    if endpoint and not region and not url.query.get("endpoint"):
        message = f"the {url.scheme}:// URL names no region: write {_FORMS[url.scheme]}"
        raise UnknownSource(message)
    config: Options = {"connect_timeout": SECONDS, "read_timeout": 6 * SECONDS}
    if url.scheme == "s3" and endpoint:
        config["s3"] = {"addressing_style": "path"}  # servers of one's own have no wildcard names
    options: Options = {
        "key": url.user,
        "secret": url.password,
        "anon": True if url.query.get("anonymous") else None,
        "profile": url.query.get("profile"),
        "endpoint_url": endpoint or None,
        "client_kwargs": {"region_name": region} if region else None,
        "config_kwargs": config,
    }
    return _bucket(url, "s3", "s3", options)


def _oss(url: _Url) -> Address:
    region = url.query.get("region")
    endpoint = url.query.get("endpoint") or (region and f"https://oss-{region}.aliyuncs.com")
    if not endpoint:
        raise UnknownSource(f"the oss:// URL names no region: write {_FORMS['oss']}")
    key = url.user or os.environ.get("OSS_ACCESS_KEY_ID")
    secret = url.password or os.environ.get("OSS_ACCESS_KEY_SECRET")
    options: Options = {"key": key, "secret": secret, "endpoint": endpoint}
    return _bucket(url, "oss", "oss", options)


def _gs(url: _Url) -> Address:
    anonymous = "anon" if url.query.get("anonymous") else None
    return _bucket(url, "gs", "gs", {"token": anonymous, "endpoint_url": url.query.get("endpoint")})


def _azure(url: _Url) -> Address:
    return _bucket(url, "abfs", "az", {"account_name": url.query.get("account")})


def _server(url: _Url, system: str, options: Options, extra: str | None = None) -> Address:
    given: Options = {key: value for key, value in options.items() if value is not None}
    prefix = f"{url.scheme}://{url.server}"
    return Address(url.scheme, prefix, url.path or "/", system, extra or url.scheme, given)


def _sftp(url: _Url) -> Address:
    options: Options = {
        "host": url.host,
        "port": url.port,
        "username": url.user,
        "password": url.password,
        "key_filename": url.query.get("identity"),
        "timeout": SECONDS,
    }
    return _server(url, "sftp", options)


def _hdfs(url: _Url) -> Address:
    return _server(url, "hdfs", {"host": url.host, "port": url.port, "user": url.user})


def _webhdfs(url: _Url) -> Address:
    options: Options = {"host": url.host, "port": url.port, "user": url.user}
    return _server(url, "webhdfs", options)


def _http(url: _Url) -> Address:
    prefix = f"{url.scheme}://{url.server}"
    return Address(url.scheme, prefix, url.path or "/", "http", "http", {}, whole=True)


_ENDPOINTS = MappingProxyType(
    {
        "cos": "https://cos.{region}.myqcloud.com",
        "obs": "https://obs.{region}.myhuaweicloud.com",
    }
)
_S3_OPTIONS = frozenset({"anonymous", "endpoint", "profile", "region"})
_ASKED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "az": frozenset({"account"}),
        "cos": _S3_OPTIONS,
        "gs": frozenset({"anonymous", "endpoint"}),
        "obs": _S3_OPTIONS,
        "oss": frozenset({"endpoint", "region"}),
        "s3": _S3_OPTIONS,
        "sftp": frozenset({"identity"}),
    }
)
_SCHEMES: Mapping[str, Callable[[_Url], Address]] = MappingProxyType(
    {
        "az": _azure,
        "cos": _s3,
        "gs": _gs,
        "hdfs": _hdfs,
        "http": _http,
        "https": _http,
        "obs": _s3,
        "oss": _oss,
        "s3": _s3,
        "sftp": _sftp,
        "webhdfs": _webhdfs,
    }
)
_FORMS = MappingProxyType(
    {
        "az": "az://container/folder?account=NAME",
        "cos": "cos://bucket/folder?region=ap-guangzhou",
        "gs": "gs://bucket/folder",
        "hdfs": "hdfs://host:8020/folder",
        "http": "http://host/folder/",
        "https": "https://host/folder/",
        "obs": "obs://bucket/folder?region=cn-north-4",
        "oss": "oss://bucket/folder?region=cn-hangzhou",
        "s3": "s3://bucket/folder, with ?endpoint=http://host:port for a server of your own",
        "sftp": "sftp://user@host/folder, with ?identity=FILE for a private key",
        "webhdfs": "webhdfs://user@host:9870/folder",
    }
)
SCHEMES = frozenset(_SCHEMES)
