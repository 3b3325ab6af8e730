"""Systems that an installation without a network is put together for."""

from enum import StrEnum


class BundleSystem(StrEnum):
    """Systems that wheels are fetched for, so that a computer without a network can install."""

    WINDOWS = "windows"  # 64 bit
    LINUX = "linux"  # x86-64 with glibc 2.28 or newer
