package io.crosstrace.kernel;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.crosstrace.agent.bpf.KernelCheck;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kernel tests where there is no build: in a virtual machine with another kernel; see tests/kernels/run. */
public final class OtherKernel implements TestExecutionListener {
	private int passed;
	private int failed;
	private int skipped;

	private OtherKernel() {
	}

	public static void main(String[] args) {
		for (KernelCheck.Row row : KernelCheck.run()) {
			System.out.println((row.works() ? "yes  " : "no   ") + row.feature()
					+ (row.works() ? "" : "\n       because: " + row.reason()));
		}
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
				.selectors(selectPackage("io.crosstrace.kernel")).build();
		OtherKernel listener = new OtherKernel();
		LauncherFactory.create().execute(request, listener);
		System.out.println(listener.passed + " passed, " + listener.failed + " failed, " + listener.skipped + " skipped");
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		skipped++;
		System.out.println("skipped " + name(test) + ": " + reason);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		String cause = result.getThrowable().map(Throwable::toString).orElse("");
		switch (result.getStatus()) {
			case ABORTED -> {
				skipped++;
				System.out.println("skipped " + name(test) + ": " + cause);
			}
			case FAILED -> {
				failed++;
				System.out.println("FAILED " + name(test) + ": " + cause);
				result.getThrowable().ifPresent(t -> t.printStackTrace(System.out));
			}
			case SUCCESSFUL -> {
				if (test.isTest()) {
					passed++;
					System.out.println("passed " + name(test));
				}
			}
		}
	}

	private static String name(TestIdentifier test) {
		String id = test.getUniqueId();
		return id.substring(id.lastIndexOf("class:") + 6).replace("]/[", " ").replace("]", "");
	}
}
