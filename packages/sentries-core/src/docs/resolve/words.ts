/** Names that Python gives to everybody. */
export const BUILTINS: ReadonlySet<string> = new Set(
  (
    'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr ' +
    'dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id ' +
    'input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print ' +
    'property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip ' +
    'None True False NotImplemented Ellipsis self cls ArithmeticError AssertionError AttributeError BaseException ' +
    'BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ' +
    'ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception ' +
    'ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ' +
    'ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError ' +
    'MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError ' +
    'PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning ' +
    'RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit ' +
    'TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError ' +
    'UnicodeWarning UserWarning ValueError Warning ZeroDivisionError'
  ).split(' '),
);

/** Compound names that values of Python's own types have, too: texts, collections, files, paths, times, tasks. */
export const MEMBERS: ReadonlySet<string> = new Set(
  (
    'as_integer_ratio as_posix as_uri bit_count bit_length call_soon difference_update format_map from_bytes get_nowait ' +
    'hardlink_to intersection_update is_absolute is_alive is_dir is_file is_integer is_mount is_relative_to is_set ' +
    'is_symlink most_common move_to_end put_nowait read_bytes read_text relative_to send_signal symlink_to ' +
    'symmetric_difference symmetric_difference_update task_done to_bytes total_seconds with_name with_stem with_suffix ' +
    'with_traceback write_bytes write_text write_through isEnabledFor addHandler removeHandler setLevel'
  ).split(' '),
);

/** A word that can hardly be one of English: `is_open`, `MAX_RATE`, `py_`, `RateTable`, `HTTPClient`, `fromText`. */
export const isCompound = (word: string): boolean =>
  /[A-Za-z0-9]_|^[A-Z][a-z0-9]+[A-Z]|^[A-Z]{2,}[a-z]{2}|[a-z][A-Z]/.test(word);

/** Names that stand for any name. */
export const isPlaceholder = (word: string): boolean =>
  /^_*(foo|bar|baz|qux|spam|eggs|ham|xxx+|yyy+|abc|example|something|whatever|module|name|my[A-Z_].*|your.*|some_.*|my|\w*_name)_*\d*$/i.test(
    word,
  );
