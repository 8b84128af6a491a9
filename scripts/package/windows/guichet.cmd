@echo off
rem A command of Guichet in a terminal: guichet doctor
"%~dp0..\guichet.exe" --log-level=3 --guichet-command -- %*
