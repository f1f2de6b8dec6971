import { isSameType, itemType, typeForms } from './annotation';
import { loadSyntax } from './syntax';

beforeAll(loadSyntax);

it.each<{ one: string; other: string }>([
  { one: 'Optional[int]', other: 'int | None' },
  { one: 'typing.Optional["Account"]', other: 'None|acme.money.Account' },
  { one: '"Account"', other: 'Account' },
  { one: '(int | None)', other: 'Optional[int]' },
  { one: 'Union[int, str, None]', other: 'Optional[Union[str, int]]' },
  { one: 'typing.List[int]', other: 'list[ int ]' },
  { one: 'Dict[str, Optional[int]]', other: 'dict[str, None | int]' },
  { one: 'Tuple[int, ...]', other: 'tuple[int,...]' },
  { one: 'Annotated[int, "metres"]', other: 'int' },
  { one: 'Callable[[int, "str"], None]', other: 'collections.abc.Callable[[int, str], None]' },
  { one: "Literal['a', 'b']", other: 'Literal["b", "a"]' },
])('$one and $other are one type', ({ one, other }) => {
  expect(isSameType(one, other)).toBe(true);
});

it.each<{ one: string; other: string }>([
  { one: 'list[int]', other: 'list[str]' },
  { one: 'list[int]', other: 'list' },
  { one: 'int', other: 'int | None' },
  { one: 'tuple[int, str]', other: 'tuple[str, int]' },
  { one: 'Literal["1"]', other: 'Literal[1]' },
])('$one and $other are two', ({ one, other }) => {
  expect(isSameType(one, other)).toBe(false);
});

it.each([
  'list of int',
  'True',
  '',
  'a + b',
  'int, str',
  'f(x)',
  'x = 1',
  '[int]',
  '(int, str)',
  'int\nstr',
  '"an int"',
])('%j is no type', (text) => {
  expect(typeForms(text)).toBeUndefined();
  expect(isSameType(text, text)).toBe(false);
});

it('what is given one by one is told by the type of an iterator', () => {
  const types = [
    'Iterator[int]',
    '"typing.AsyncGenerator[list[int], None]"',
    'list[int]',
    'Iterator',
  ];
  expect(types.map(itemType)).toEqual(['int', 'list[int]', undefined, undefined]);
});
