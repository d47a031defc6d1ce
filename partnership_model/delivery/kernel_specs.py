"""Which Python the kernels of dashboards and runs are: this one."""

from __future__ import annotations

from jupyter_client.kernelspec import KernelSpecManager


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel, this very Python: a `python3` in the user's folders may be another one."""

    def _kernel_dirs_default(self) -> list[str]:
        """Look into no folder."""
        return []
