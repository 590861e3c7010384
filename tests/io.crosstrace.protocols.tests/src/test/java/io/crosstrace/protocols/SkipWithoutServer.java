package io.crosstrace.protocols;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

import io.crosstrace.servers.MissingServerException;

/** Skips tests whose server this machine does not have. JUnit finds it by itself. */
public final class SkipWithoutServer implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
	@Override
	public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
		throw failure instanceof MissingServerException ? new TestAbortedException(failure.getMessage()) : failure;
	}

	@Override
	public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
		handleTestExecutionException(context, failure);
	}
}
