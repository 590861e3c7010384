package io.crosstrace.ide.debug;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.sun.jdi.Field;
import com.sun.jdi.IntegerValue;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.Value;

/**
 * The HTTP status that an answer of any framework holds, read from its fields: no code of the debuggee runs. By the
 * names that all of them use: an answer's type is called a response, and its status is a number or an object that has
 * one.
 */
final class AnswerStatus {
	private static final int MAX_OBJECTS = 60;
	private static final int NONE = 0;

	private AnswerStatus() {
	}

	/** The first status found in what a method returns or was given to answer with; 0 if there is none. */
	static int of(Value returned, List<Value> arguments) {
		int status = of(returned);
		for (int i = 0; i < arguments.size() && status == NONE; i++) {
			status = of(arguments.get(i));
		}
		return status;
	}

	private static int of(Value value) {
		if (!(value instanceof ObjectReference answer) || !simpleName(answer).contains("response")) {
			return NONE;
		}
		Set<ObjectReference> seen = new HashSet<>(Set.of(answer));
		Deque<ObjectReference> open = new ArrayDeque<>(seen);
		while (!open.isEmpty() && seen.size() < MAX_OBJECTS) {
			ObjectReference at = open.poll();
			boolean isStatus = simpleName(at).contains("status") || simpleName(at).equals("integer");
			for (Field field : at.referenceType().allFields()) {
				String name = field.name().toLowerCase(Locale.ROOT);
				boolean says = name.contains("status") || isStatus && (name.equals("code") || name.equals("value"));
				if (field.isStatic() || !says && !name.matches("_?(\\w*response|delegate|messagecontext)")) {
					continue;
				}
				Value held = at.getValue(field);
				if (says && held instanceof IntegerValue number && number.value() >= 100 && number.value() < 600) {
					return number.value();
				}
				if (held instanceof ObjectReference object && seen.add(object)) {
					open.add(object);
				}
			}
		}
		return NONE;
	}

	private static String simpleName(ObjectReference object) {
		String name = object.referenceType().name();
		return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1).toLowerCase(Locale.ROOT);
	}
}
