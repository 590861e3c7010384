package io.crosstrace.ide.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.crosstrace.ide.CrossTrace;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The headless half must stay headless: whoever adds a window to it learns so here. */
class HeadlessTest {
	private static final Pattern WINDOW = Pattern.compile(
			"org\\.eclipse\\.(swt|jface|ui|e4\\.ui)(\\..*)?|org\\.eclipse\\.jdt\\.(ui|debug\\.ui)");

	@Test
	void bundle_isWiredToNoWindowToolkit() {
		Bundle bundle = Platform.getBundle(CrossTrace.PLUGIN_ID);
		assertNotNull(bundle, "io.crosstrace.ide is not installed");
		TreeSet<String> windows = new TreeSet<>();
		List<BundleWire> wires = bundle.adapt(BundleWiring.class).getRequiredWires(null);
		for (BundleWire wire : wires) {
			String provider = wire.getProvider().getSymbolicName();
			if (WINDOW.matcher(provider).matches()) {
				windows.add(provider);
			}
		}
		assertEquals(new TreeSet<>(), windows);
	}
}
