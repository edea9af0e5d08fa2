"""Collections for the command: many inputs in, a folder of outputs with a manifest out.

The unit of work is one output file: it stands under its name whole or not at all, and only then is
it entered in the manifest. Whatever ends a run, the next one finds what is done and goes on.
"""

from govreport.corpus.command import add_arguments, run

__all__ = ["add_arguments", "run"]
