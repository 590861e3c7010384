package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.jdt.core.dom.CharacterLiteral;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.InfixExpression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.NumberLiteral;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.eclipse.jdt.core.dom.TextBlock;

/** Turns an expression into a {@link Facts.Text}: what of it can be known without running it. */
final class Texts {
	private static final Pattern FORMAT = Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?[sdxfcS]");

	private Texts() {
	}

	/** Never null; an expression of another kind is one unknown part. */
	static Facts.Text of(Expression expression) {
		List<Facts.Part> parts = new ArrayList<>();
		add(expression, parts);
		return new Facts.Text(List.copyOf(parts));
	}

	/** Whether the expression builds a string in its own right, so that nothing inside it must be looked at. */
	static boolean isString(Expression expression) {
		return expression instanceof StringLiteral || expression instanceof TextBlock
				|| expression instanceof InfixExpression infix && infix.getOperator() == InfixExpression.Operator.PLUS
						&& operands(infix).stream().anyMatch(Texts::isString)
				|| expression instanceof ParenthesizedExpression inner && isString(inner.getExpression())
				|| expression instanceof MethodInvocation call && format(call) != null;
	}

	private static void add(Expression expression, List<Facts.Part> out) {
		if (expression instanceof StringLiteral literal) {
			out.add(new Facts.Part(Facts.Kind.LITERAL, literal.getLiteralValue()));
		} else if (expression instanceof TextBlock block) {
			out.add(new Facts.Part(Facts.Kind.LITERAL, block.getLiteralValue()));
		} else if (expression instanceof CharacterLiteral character) {
			out.add(new Facts.Part(Facts.Kind.LITERAL, String.valueOf(character.charValue())));
		} else if (expression instanceof NumberLiteral number) {
			out.add(new Facts.Part(Facts.Kind.LITERAL, number.getToken()));
		} else if (expression instanceof ParenthesizedExpression inner) {
			add(inner.getExpression(), out);
		} else if (expression instanceof InfixExpression infix
				&& infix.getOperator() == InfixExpression.Operator.PLUS) {
			operands(infix).forEach(operand -> add(operand, out));
		} else if (expression instanceof Name name) {
			out.add(new Facts.Part(Facts.Kind.REFERENCE, name.getFullyQualifiedName()));
		} else if (expression instanceof FieldAccess field) {
			out.add(new Facts.Part(Facts.Kind.REFERENCE, field.getName().getIdentifier()));
		} else if (expression instanceof MethodInvocation call && format(call) != null) {
			String[] literals = FORMAT.split(format(call), -1);
			for (int i = 0; i < literals.length; i++) {
				if (i > 0) {
					out.add(new Facts.Part(Facts.Kind.UNKNOWN, ""));
				}
				out.add(new Facts.Part(Facts.Kind.LITERAL, literals[i]));
			}
		} else {
			out.add(new Facts.Part(Facts.Kind.UNKNOWN, ""));
		}
	}

	/** The format of {@code String.format("..", x)} or {@code "..".formatted(x)}, or null. */
	private static String format(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		if (name.equals("formatted") && call.getExpression() instanceof StringLiteral literal) {
			return literal.getLiteralValue();
		}
		return name.equals("format") && !call.arguments().isEmpty()
				&& call.arguments().get(0) instanceof StringLiteral literal ? literal.getLiteralValue() : null;
	}

	private static List<Expression> operands(InfixExpression infix) {
		List<Expression> operands = new ArrayList<>(List.of(infix.getLeftOperand(), infix.getRightOperand()));
		for (Object each : infix.extendedOperands()) {
			operands.add((Expression) each);
		}
		return operands;
	}
}
