package io.crosstrace.ide.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import org.eclipse.core.runtime.Platform;
import org.osgi.framework.Bundle;

/** What is brought to a host: the agent, and a Java run-time for hosts without one. */
public interface AgentPackage {
	/** The agent's jar. The caller closes it. */
	InputStream agent() throws IOException;

	/** A run-time as .tar.gz whose only folder is {@code runtime}; null if there is none for these machines. */
	InputStream runtime(String machine) throws IOException;

	/** The one this plug-in was installed with. */
	static AgentPackage bundled() {
		return new AgentPackage() {
			@Override
			public InputStream agent() throws IOException {
				return open("agent/crosstrace-agent.jar");
			}

			@Override
			public InputStream runtime(String machine) throws IOException {
				Bundle bundle = bundle();
				URL url = bundle.getEntry("agent/runtime-linux-" + machine + ".tar.gz");
				return url == null ? null : url.openStream();
			}

			private static InputStream open(String path) throws IOException {
				URL url = bundle().getEntry(path);
				if (url == null) {
					throw new IOException("the plug-in has no " + path);
				}
				return url.openStream();
			}

			private static Bundle bundle() throws IOException {
				Bundle bundle = Platform.getBundle("io.crosstrace.agent.dist");
				if (bundle == null) {
					throw new IOException("the bundle io.crosstrace.agent.dist is not installed: install the feature CrossTrace again");
				}
				return bundle;
			}
		};
	}
}
