package io.crosstrace.ide.source;

import java.util.List;

/**
 * A place in the workspace's Java source.
 *
 * @param project name of the project
 * @param file the file's full workspace path, such as "/orders/src/shop/OrdersController.java"
 * @param type qualified name of the type, with dots
 * @param method name of the method, or empty if the place is the type itself
 * @param parameters the method's parameter types as written
 * @param offset where to put the cursor, in characters, as of when the file was read
 * @param length how much to select, in characters
 */
public record CodePlace(String project, String file, String type, String method, List<String> parameters, int offset,
		int length) {
	/** Class and method, as a person names them: "OrdersController.create". */
	public String label() {
		String simple = type.substring(type.lastIndexOf('.') + 1);
		return method.isEmpty() ? simple : simple + "." + method;
	}

	/** What stays the same while the file is edited. */
	public String key() {
		return project + "|" + type + "|" + method + parameters;
	}
}
