package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.resources.IWorkspaceRoot;
import org.eclipse.jdt.core.IField;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.IType;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;

/** Finds types by JDT that the index did not read: constants' holders and handlers, in sources or libraries. */
final class JdtTypes implements Sources.Outside {
	private final IWorkspaceRoot root;
	private final FactsReader reader;
	private final Map<String, Optional<Sources.Unit>> known = new HashMap<>();

	JdtTypes(IWorkspaceRoot root, FactsReader reader) {
		this.root = root;
		this.reader = reader;
	}

	@Override
	public Sources.Unit find(String project, String qualifiedName) {
		return known.computeIfAbsent(project + "|" + qualifiedName, x -> Optional.ofNullable(read(project, qualifiedName)))
				.orElse(null);
	}

	private Sources.Unit read(String project, String qualifiedName) {
		IJavaProject javaProject = JavaCore.create(root.getProject(project));
		try {
			IType type = javaProject.exists() ? javaProject.findType(qualifiedName) : null;
			if (type == null) {
				return null;
			}
			if (type.getCompilationUnit() != null) {
				Facts.File facts = reader.read(type.getCompilationUnit().getSource().toCharArray(), false);
				return new Sources.Unit(type.getJavaProject().getElementName(), type.getPath().toString(), false, facts);
			}
			return new Sources.Unit(project, type.getPath().toString(), false, binary(type, qualifiedName));
		} catch (JavaModelException e) {
			return null; // a broken class path: the constant stays unknown, as if the library were missing
		}
	}

	private static Facts.File binary(IType type, String name) throws JavaModelException {
		Map<String, Facts.Text> constants = new HashMap<>();
		for (IField field : type.getFields()) {
			if (field.getConstant() instanceof String text) {
				constants.put(field.getElementName(), Facts.Text.literal(text.replaceAll("^\"|\"$", "")));
			}
		}
		List<String> supertypes = new ArrayList<>(List.of(type.getSuperInterfaceNames()));
		Facts.Place nowhere = new Facts.Place(name, "", List.of(), 0, 0);
		Facts.Type facts = new Facts.Type(name, type.isInterface(), type.isAnnotation(), false, false, supertypes,
				List.of(), List.of(), constants, Map.of(), List.of(), List.of(), nowhere);
		return new Facts.File(Facts.File.EMPTY.imports(), List.of(facts));
	}
}
