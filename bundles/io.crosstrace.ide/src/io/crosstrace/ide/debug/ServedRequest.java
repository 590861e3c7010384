package io.crosstrace.ide.debug;

import java.util.List;
import java.util.Optional;

import org.eclipse.debug.core.DebugException;
import org.eclipse.debug.core.model.IStackFrame;
import org.eclipse.jdt.debug.core.IJavaStackFrame;
import org.eclipse.jdt.debug.core.IJavaThread;

import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Workspace;

/** Which request a suspended thread serves, told by the mapped method that is deepest on its stack. */
public final class ServedRequest {
	private ServedRequest() {
	}

	/** The endpoint, or empty if the thread runs or no frame is of a mapped method. Asks the debuggee: not for the UI thread. */
	public static Optional<Endpoint> of(IJavaThread thread, Workspace workspace) {
		if (!thread.isSuspended()) {
			return Optional.empty();
		}
		try {
			IStackFrame[] frames = thread.getStackFrames();
			for (int i = frames.length - 1; i >= 0; i--) { // what served first, not what it called
				if (frames[i] instanceof IJavaStackFrame frame) {
					Optional<Endpoint> found = at(frame, workspace);
					if (found.isPresent()) {
						return found;
					}
				}
			}
		} catch (DebugException e) {
			return Optional.empty(); // resumed meanwhile
		}
		return Optional.empty();
	}

	private static Optional<Endpoint> at(IJavaStackFrame frame, Workspace workspace) throws DebugException {
		String type = frame.getDeclaringTypeName().replace('$', '.');
		String method = frame.getMethodName();
		List<String> arguments = frame.getArgumentTypeNames();
		return workspace.endpoints().stream()
				.filter(each -> each.side() == Side.SERVER && each.place().method().equals(method)
						&& each.place().type().equals(type) && each.place().parameters().size() == arguments.size())
				.findFirst();
	}
}
