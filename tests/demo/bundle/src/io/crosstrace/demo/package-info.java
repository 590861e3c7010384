/**
 * Shows CrossTrace to a newcomer by itself, in a real IDE: imports the sample shop, connects to an agent, waits for
 * a trace, opens it and the code of a step, and takes pictures. {@link io.crosstrace.demo.DemoStartup} begins it
 * when the workbench starts with these system properties, and does nothing without the first:
 *
 * <pre>
 * crosstrace.demo.out       folder for pictures and for result.properties
 * crosstrace.demo.agent     host:port of the agent
 * crosstrace.demo.token     file that holds the agent's token
 * crosstrace.demo.projects  folders of Maven modules to import, separated by the path separator; the class path
 *                           of each is read from its target/classpath.txt
 * crosstrace.demo.dark      true for the dark theme
 * crosstrace.demo.wait      seconds to wait for a trace worth showing; 90 if absent
 * crosstrace.demo.exit      true to close the IDE when the pictures are taken
 * </pre>
 *
 * It uses what a person uses: the views, the commands, the session. It knows no widget of theirs.
 */
package io.crosstrace.demo;
