# Programs that take part: what the server says about them.

## Shown behind the name of every program
program-mark = (program)

http-program-name-taken = There is somebody or something called “{ $name }” already. Choose another name.
http-programs-full = There are { $most } programs already. Revoke one that nobody needs any more, then make a new one.

## kring token
token-made = The token of “{ $name }”, { $role }. It is shown this once, so keep it where only the program can read it:
token-no-community = There is no community “{ $community }”. Choose one of: { $known }.
help-token = Make a token for a program, in a role: { $roles }
help-token-name = What the program is called; people see behind it that it is a program.
help-token-community = The community it is for: the name or id. The first, if you name none.
