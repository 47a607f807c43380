"""`errdex build`: validate, generate and check everything that the configuration asks for.

Client code is checked first, since the site can show the report. Then everything is made ready: the module and the
pages are rendered, the site is built by mkdocs in a folder of its own. Only when all of it has worked is it put in its
place, and the report is printed.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from errdex.errors import ErrdexError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.cli.outputs import Output
    from errdex.cli.write import Staging
    from errdex.config import Config
    from errdex.lint.report import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is not up to date")
    mode.add_argument("--serve", action="store_true", help="then serve the site, and build it anew with every edit")


def run(arguments: argparse.Namespace) -> int:
    """Build what is configured; return 1 for findings in client code, or for stale output with --check."""
    from errdex.cli import CLEAN, FOUND, baseline, terminal
    from errdex.cli.check import print_report, settings_of
    from errdex.cli.inputs import catalogue_paths, load_known
    from errdex.config import load_config
    from errdex.lint.run import check

    config = load_config()
    if config.root != ".":
        # Pages and reports name files: they must not depend on where the command was given.
        terminal.say(f"folder    {config.root}")
        os.chdir(config.root)
        config = load_config()
    known = load_known(catalogue_paths((), config), config.cache_dir)
    catalogues = [catalogue for catalogue, _ in known]
    print_contents(catalogues)
    outputs = list(outputs_of(config, catalogues))
    settings = settings_of(config, known)
    report = check(settings) if config.check.paths else None
    kept = [report_output(config, report)] if report and config.check.report else []
    stale = print_all_stale(config, [*outputs, *kept]) if arguments.check else write_all(config, outputs, kept)
    held = baseline.hold(config.check.baseline, report, settings) if report else None
    if held:
        terminal.say(f"check     {' '.join(settings.paths)}")
        print_report(held.report, settings, "full")
        baseline.print_stale(config.check.baseline, held.stale)
    if arguments.serve:
        return serve(config)
    found = held is not None and bool(held.report.findings or held.stale)
    return FOUND if stale or (found and not config.exit_zero) else CLEAN


def outputs_of(config: Config, catalogues: Sequence[Catalogue]) -> Iterator[Output]:
    """Render the modules and pages that are configured."""
    from errdex.cli.outputs import module_output, pages_output

    for key, path in (("module", config.module), ("pages", config.pages)):
        if path and len(catalogues) > 1 and "{api}" not in path:
            raise UsageError(f"the {key} of {len(catalogues)} APIs cannot all be {path}: put '{{api}}' into its name")
    for catalogue in catalogues:
        if config.module:
            yield module_output(catalogue, config.module.replace("{api}", catalogue.api.id.replace("-", "_")))
        if config.pages:
            yield pages_output(catalogue, config.pages.replace("{api}", catalogue.api.id))


def report_output(config: Config, report: Report) -> Output:
    """Return the report as the file that it is kept in: the same for the same code, however long the check took."""
    from errdex.cli.outputs import Output
    from errdex.lint.reports import render
    from errdex.lint.reports.context import Context

    text = render("json", report._replace(seconds=0.0), Context())
    return Output("report", config.check.report, text.encode("utf-8", "backslashreplace"), marker=b'"findings"')


def write_all(config: Config, outputs: Sequence[Output], kept: Sequence[Output]) -> bool:
    """Write every output and the site, and say where each is; what is `kept` first, for the site to show it."""
    from errdex.cli.outputs import deliver, print_place, stage
    from errdex.cli.write import Staging

    for output in kept:
        deliver(output, check=False)
    with Staging() as staging:
        changed = [stage(staging, output) for output in outputs]
        site_changed = bool(config.site) and stage_site(staging, config)
        staging.commit()
    for output, is_changed in zip(outputs, changed, strict=True):
        print_place(output.what, output.path, changed=is_changed)
    if config.site:
        print_place("site", os.path.join(config.site, "index.html"), changed=site_changed)
    return False


def print_all_stale(config: Config, outputs: Sequence[Output]) -> bool:
    """Print what is not up to date; tell whether anything is. The site is mkdocs' output, which nobody commits."""
    from errdex.cli import terminal
    from errdex.cli.outputs import print_stale, stale_files

    stale = [file for output in outputs for file in stale_files(output)]
    print_stale(stale)
    if config.site:
        terminal.say(f"site      {config.site} is not compared: mkdocs writes dates into it")
    return bool(stale)


def stage_site(staging: Staging, config: Config) -> bool:
    """Have mkdocs build the site into a folder beside its place; tell whether it differs from the one there."""
    import subprocess

    from errdex.cli.folders import is_ours

    if not is_ours(config.site) and not _is_built_by_mkdocs(config.site):
        raise UsageError(f"{config.site} holds something else than a site: move it away, or name another folder")
    ready = staging.folder(config.site)
    command = [*_mkdocs(), "build", "--strict", "--config-file", config.site_config, "--site-dir", ready]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603
    try:
        said = running.communicate()[0].decode("utf-8", "backslashreplace").rstrip()
    finally:  # an interrupt: as long as mkdocs lives, it writes into the folder that is about to be removed
        running.kill()
        running.wait()
    if running.returncode:
        raise ErrdexError(f"mkdocs could not build the site of {config.site_config}:\n{said}")
    return staging.adopt(config.site, ready, whole=True)


def serve(config: Config) -> int:
    """Serve the site with mkdocs, which builds it anew when a page or a catalogue changes, until interrupted."""
    import subprocess

    if not config.site:
        raise UsageError("there is no site to serve: set [tool.errdex.site]")
    # Dirty: an edit is shown once the pages that it changes are built. What is published is built whole.
    from errdex.cli import progress

    progress.stop()
    command = [*_mkdocs(), "serve", "--dirty", "--config-file", config.site_config]
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return 0


def print_contents(catalogues: Sequence[Catalogue]) -> None:
    """Print what each catalogue holds."""
    from errdex.cli import terminal
    from errdex.cli.validate import contents

    terminal.say(*(f"catalogue {catalogue.path}: {contents(catalogue)}" for catalogue in catalogues))


def _mkdocs() -> list[str]:
    """Return the command that runs mkdocs of this environment; UsageError when there is none."""
    from importlib.util import find_spec

    if find_spec("mkdocs") is None:
        raise UsageError("the site needs mkdocs: pip install 'errdex[docs]'")
    return [sys.executable, "-P", "-m", "mkdocs"]


def _is_built_by_mkdocs(folder: str) -> bool:
    return all(os.path.isfile(os.path.join(folder, name)) for name in ("sitemap.xml", "404.html"))
