package io.crosstrace.ide.debug;

import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTParser;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.NodeFinder;

/** A source method's signature as the virtual machine writes it: erased, with slashes. */
final class MethodSignatures {
	private MethodSignatures() {
	}

	/** Null if the method has no body or a type cannot be resolved. Parses the file. */
	static String of(IMethod method) throws JavaModelException {
		ICompilationUnit unit = method.getCompilationUnit();
		if (unit == null) {
			return null;
		}
		ASTParser parser = ASTParser.newParser(AST.getJLSLatest());
		parser.setSource(unit);
		parser.setResolveBindings(true);
		CompilationUnit root = (CompilationUnit) parser.createAST(null);
		ASTNode node = NodeFinder.perform(root, method.getNameRange());
		while (node != null && !(node instanceof MethodDeclaration)) {
			node = node.getParent();
		}
		if (!(node instanceof MethodDeclaration declaration) || declaration.getBody() == null
				|| declaration.resolveBinding() == null) {
			return null;
		}
		IMethodBinding binding = declaration.resolveBinding().getMethodDeclaration();
		StringBuilder out = new StringBuilder("(");
		for (ITypeBinding parameter : binding.getParameterTypes()) {
			if (!append(parameter, out)) {
				return null;
			}
		}
		return append(binding.getReturnType(), out.append(')')) ? out.toString() : null;
	}

	private static boolean append(ITypeBinding type, StringBuilder out) {
		ITypeBinding erased = type.getErasure();
		String name = erased.getBinaryName();
		if (name == null || erased.isRecovered()) {
			return false;
		}
		if (erased.isPrimitive() || erased.isArray()) {
			out.append(name.replace('.', '/'));
		} else {
			out.append('L').append(name.replace('.', '/')).append(';');
		}
		return true;
	}
}
