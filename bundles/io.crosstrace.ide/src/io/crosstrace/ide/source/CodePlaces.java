package io.crosstrace.ide.source;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaElement;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.IType;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.Signature;

/** From a {@link CodePlace} back to Java's model, also when the file has changed since it was indexed. */
public final class CodePlaces {
	private CodePlaces() {
	}

	/**
	 * The method or type of a place, or its file if neither is there any more. May parse the file: not for the UI
	 * thread.
	 *
	 * @return null if the file is gone
	 */
	public static IJavaElement find(CodePlace place) {
		IFile file = ResourcesPlugin.getWorkspace().getRoot().getFile(IPath.fromPortableString(place.file()));
		ICompilationUnit unit = file.exists() ? JavaCore.createCompilationUnitFrom(file) : null;
		if (unit == null) {
			return null;
		}
		IType type = type(unit, place.type());
		if (type == null || !type.exists()) {
			return unit;
		}
		return place.method().isEmpty() ? type : method(type, place);
	}

	private static IType type(ICompilationUnit unit, String qualifiedName) {
		try {
			for (IType type : unit.getAllTypes()) {
				if (type.getFullyQualifiedName('.').equals(qualifiedName)) {
					return type;
				}
			}
		} catch (JavaModelException e) {
			return null; // unreadable just now: the editor shows the file's top
		}
		return null;
	}

	private static IJavaElement method(IType type, CodePlace place) {
		String[] signatures = place.parameters().stream()
				.map(parameter -> Signature.createTypeSignature(parameter, false)).toArray(String[]::new);
		IMethod exact = type.getMethod(place.method(), signatures);
		if (exact.exists()) {
			return exact;
		}
		try {
			List<IMethod> named = List.of(type.getMethods()).stream()
					.filter(method -> method.getElementName().equals(place.method())).toList();
			for (IMethod method : named) {
				if (method.getNumberOfParameters() == place.parameters().size()) {
					return method;
				}
			}
			return named.isEmpty() ? type : named.get(0);
		} catch (JavaModelException e) {
			return type;
		}
	}
}
