"""`python -m newsmine`: the command."""

from newsmine.cli import main

if __name__ == "__main__":
    main()
