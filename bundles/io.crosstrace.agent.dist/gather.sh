#!/bin/sh
# gather.sh AGENT-JAR TARGET: lays the agent and a small Java run-time for this machine's kind below TARGET/classes/agent.
set -eu
jar=$1
target=$2
agent=$target/classes/agent
runtime=$agent/runtime-linux-$(uname -m).tar.gz
mkdir -p "$agent"
[ -f "$jar" ] || { echo "$jar is not built: build remote-agent up to the phase package" >&2; exit 1; }
cp "$jar" "$agent/crosstrace-agent.jar"
# Slow, and the same for the same JDK.
if [ ! -f "$runtime" ] || [ "$JAVA_HOME/release" -nt "$runtime" ] || [ "$0" -nt "$runtime" ]; then
	rm -rf "$target/runtime"
	"$JAVA_HOME/bin/jlink" --output "$target/runtime" --strip-debug --no-header-files --no-man-pages --compress zip-9 \
		--add-modules java.base,java.logging,java.net.http,java.management,jdk.management,java.naming,jdk.unsupported,jdk.crypto.cryptoki
	tar czf "$runtime" -C "$target" --owner=0 --group=0 --numeric-owner runtime
	rm -rf "$target/runtime"
fi
