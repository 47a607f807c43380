"""The last look at a module: what a fault of the renderer would do to a text or a name is seen before it is written."""

from __future__ import annotations

import pytest

from errdex.pymodule.outline import outline
from errdex.pymodule.shards import package_view
from errdex.pymodule.verify import verify
from errdex.pymodule.views import module_view
from tests.pymodule import catalogues

NAMES = ("lower_case", "Two Words", "", "Error:\n    import os\nclass X", "Érror", "Error\n")
STATEMENTS = {
    '    summary = "something else"': "changed on their way",
    "    summary = 'half": "does not compile",
    "    summary = __import__('os').name": "uses ['__import__', 'name']",
    "    summary = (lambda: open)()": "uses ['open']",
    "    summary = eval('1')": "uses ['eval']",
}


def test_what_is_as_it_should_be() -> None:
    for catalogue in (catalogues.netwrix(), catalogues.odd(), catalogues.large(101)):
        module = outline(catalogue)
        view = module_view(module, is_package=True)
        verify(module, view)
        verify(module, view, package_view(module, view))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_another_form(name: str) -> None:
    module = outline(catalogues.netwrix())
    first, *others = module.names.errors
    broken = module._replace(names=module.names._replace(errors=(first._replace(name=name), *others)))
    with pytest.raises(RuntimeError, match="a name of the module is none"):
        verify(broken, module_view(module))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_text_that_is_not_what_it_was(statement: str) -> None:
    module = outline(catalogues.netwrix())
    view = module_view(module)
    first, *others = view.operations
    error = first.errors[0]
    assert any(attribute.startswith("    summary =") for attribute in error.attributes)
    changed = tuple(statement if text.startswith("    summary =") else text for text in error.attributes)
    broken = first._replace(errors=(error._replace(attributes=changed), *first.errors[1:]))
    with pytest.raises(RuntimeError) as raised:
        verify(module, view._replace(operations=(broken, *others)))
    assert STATEMENTS[statement] in str(raised.value)
