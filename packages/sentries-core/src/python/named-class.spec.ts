import { classNamed } from './named-class';

it.each([
  { type: 'Account', named: 'Account' },
  { type: 'acme.Account', named: 'acme.Account' },
  { type: '"Account"', named: 'Account' },
  { type: "Optional['Account']", named: 'Account' },
  { type: 'Account | None', named: 'Account' },
  { type: 'None | "Account"', named: 'Account' },
  { type: 't.Union[None, Account]', named: 'Account' },
  { type: 'ClassVar[Final[Account]]', named: 'Account' },
  { type: 'Annotated[Account, "of, somebody"]', named: 'Account' },
  { type: 'Chain[P, "T | None"]', named: 'Chain' },
  { type: 'list[Account]', named: 'list' },
])('the class of $type is $named', ({ type, named }) => {
  expect(classNamed(type)?.join('.')).toBe(named);
});

it.each(['None', 'Account | Money', 'Union[Account, Money]', '...', '3', 'Literal["a"] | int'])(
  '%s names no class, or several',
  (type) => {
    expect(classNamed(type)).toBeUndefined();
  },
);
