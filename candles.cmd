@echo off
rem UNTESTED. Best effort for Windows: builds once, then runs; `candles help` lists the commands.
setlocal
set "HERE=%~dp0"
if exist "%HERE%candles.jar" (set "DIST=%HERE%.") else (set "DIST=%HERE%cli\target\candles")
if not exist "%DIST%\candles.jar" (
  echo candles: building, about a minute 1>&2
  pushd "%HERE%" && call mvn -q -B -DskipTests -Dquick -Pdist package -pl cli -am || exit /b 2
  popd
)
set "FLAGS=%DIST%\tool.jvmargs"
if "%~1"=="run" set "FLAGS=%DIST%\run.jvmargs"
for %%w in (sim demo replay) do if "%~1"=="%%w" set "FLAGS=%DIST%\long.jvmargs"
java "@%FLAGS%" "-Dcandles.home=%HERE%." %CANDLES_JAVA_OPTS% -jar "%DIST%\candles.jar" %*
exit /b %ERRORLEVEL%
