import { library, outcomes, sentry } from './library';

const source = (word: string, error: string, limit: number, shade: string): string => `
import enum


class Shade(enum.Enum):
    LIGHT = 1
    DARK = 2


def welcome(name):
    return f"${word} to you, {name}"


def limit():
    return ${limit}


def shade():
    return Shade.${shade}


def parse(text):
    if not text:
        raise ${error}("${word} is not a number")
    return [text, "${word}"]


def tell(sink, name):
    sink.write("${word}", to=name)
`;

const TESTS = `
import re
import unittest
from unittest import mock

import pytest
from values import Shade, limit, parse, shade, tell, welcome

CONSTANT = "Hello to you, Bo"


def test_local():
    expected = "Hello to you, Ann"
    assert welcome("Ann") == expected


def test_constant():
    assert welcome("Bo") == CONSTANT


def test_part():
    name = "x"
    assert parse(name) == [name, "Hello"]


def test_symbol():
    assert shade() == Shade.LIGHT


def test_number():
    assert limit() == pytest.approx(100)


def test_member():
    assert "Hello to" in welcome("Cy")


def test_raises():
    with pytest.raises(ValueError):
        parse("")


def test_match():
    with pytest.raises(Exception, match=r"^Hello is not \\w+"):
        parse("")


def test_mock():
    sink = mock.Mock()
    tell(sink, "Ann")
    sink.write.assert_called_once_with("Hello", to="Ann")


class TestMethods(unittest.TestCase):
    def setUp(self):
        self.expected = "Hello to you, Di"

    def test_equal(self):
        self.assertEqual(welcome("Ed"), "Hello to you, Ed")

    def test_field(self):
        self.assertEqual(welcome("Di"), self.expected)

    def test_regex(self):
        with self.assertRaisesRegex(Exception, "Hello is"):
            parse("")
`;

it('values of many shapes are repaired where the change explains them', async () => {
  const workspace = library({
    'lib/src/values.py': source('Hello', 'ValueError', 100, 'LIGHT'),
    'lib/tests/test_values.py': TESTS,
  });
  workspace.write({ 'lib/src/values.py': source('Welcome', 'LookupError', 250, 'DARK') });
  const record = await sentry(workspace);
  const reasons = record.failures.filter(({ outcome }) => outcome !== 'repaired');
  expect(reasons.map(({ id, reason }) => [id, reason])).toEqual([]);
  expect(Object.keys(outcomes(record))).toHaveLength(12);
  expect(record.failures.map(({ tier }) => tier)).toEqual(Array(12).fill('explained'));
});
