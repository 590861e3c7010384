#!/usr/bin/env python3
"""Writes io.crosstrace.target.target from the pinned lists beside it.

    ./gen-target.py            writes the target
    ./gen-target.py --check    fails if the target is not what the lists say

platform.gav holds what a stock Eclipse IDE for Java developers already has; libs.gav holds what
our own bundles bring along. One group:artifact:version a line; # starts a comment.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "io.crosstrace.target.target")

# Jars without a usable OSGi manifest, and the symbolic name each is given.
NAMED = {
	"ant": "org.apache.ant",
	"jfreechart": "org.jfree.jfreechart",
	"junit": "org.junit",
	"opentelemetry-proto": "io.opentelemetry.proto",
	"swtgraphics2d": "org.jfree.swtgraphics2d",
	"xml-apis-ext": "org.w3c.css.sac",
}
# Packages a wrapped jar cannot live without. Everything else it mentions is optional, because
# such jars mention far more than they use.
MANDATORY = {
	"opentelemetry-proto": "com.google.protobuf.*",
	"swtgraphics2d": "org.eclipse.swt.*",
}
# Optional imports here would pass every test and then break theming in a running IDE.
BATIK_MANDATORY = "org.apache.batik.*,org.w3c.css.*"


def read(name):
	with open(os.path.join(HERE, name)) as lines:
		stripped = (line.split("#")[0].strip() for line in lines)
		return [tuple(line.split(":")) for line in stripped if line]


def wrapping(symbolic_name, mandatory):
	imports = ",".join(filter(None, [mandatory, "*;resolution:=optional"]))
	return "\n".join([
		"Bundle-SymbolicName: " + symbolic_name,
		"Bundle-Version: ${version_cleanup;${mvnVersion}}",
		'Export-Package: *;version="${version_cleanup;${mvnVersion}}";-noimport:=true',
		"Import-Package: " + imports,
	])


def location(label, artifacts, instructions=None):
	yield (f'\t\t<location type="Maven" label="{label}" includeDependencyDepth="none"'
		' includeDependencyScopes="compile" includeSource="false" missingManifest="generate">')
	yield "\t\t\t<dependencies>"
	for group, artifact, version in artifacts:
		yield (f"\t\t\t\t<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
			f"<version>{version}</version><type>jar</type></dependency>")
	yield "\t\t\t</dependencies>"
	if instructions:
		yield "\t\t\t<instructions><![CDATA[\n" + instructions + "\n]]></instructions>"
	yield "\t\t</location>"


def target():
	platform, libs = read("platform.gav"), read("libs.gav")
	batik = [a for a in platform if a[1].startswith("batik-")]
	yield '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
	yield '<?pde version="3.8"?>'
	yield "<!-- Written by gen-target.py: change the .gav lists, not this. -->"
	yield '<target name="CrossTrace">'
	yield "\t<locations>"
	yield from location("platform", [a for a in platform if a not in batik and a[1] not in NAMED])
	yield from location("batik", batik,
		wrapping("org.apache.${replace;${mvnArtifactId};-;.}", BATIK_MANDATORY))
	for artifact in platform + libs:
		if artifact[1] in NAMED:
			yield from location(artifact[1], [artifact],
				wrapping(NAMED[artifact[1]], MANDATORY.get(artifact[1])))
	yield from location("libs", [a for a in libs if a[1] not in NAMED])
	yield "\t</locations>"
	yield "</target>"


def main():
	text = "\n".join(target()) + "\n"
	if "--check" in sys.argv:
		with open(TARGET) as have:
			if have.read() != text:
				sys.exit("io.crosstrace.target.target is not what the .gav lists say: run gen-target.py")
	else:
		with open(TARGET, "w") as out:
			out.write(text)


main()
