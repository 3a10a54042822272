package dev.noether.cli.console;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a number of an option; the message of a wrong one says what would be right.
 *
 * @param <N> type of the number
 */
public final class NumberConverter<N extends Number> implements ITypeConverter<N> {
    private final Function<String, N> parser;
    private final String expectation;

    private NumberConverter(Function<String, N> parser, String expectation) {
        this.parser = parser;
        this.expectation = expectation;
    }

    /** Registers converters for all types of numbers. */
    public static void register(CommandLine commands) {
        ITypeConverter<Integer> integers = new NumberConverter<>(Integer::valueOf, "a whole number");
        ITypeConverter<Long> longs = new NumberConverter<>(Long::valueOf, "a whole number");
        ITypeConverter<Short> shorts = new NumberConverter<>(Short::valueOf, "a whole number up to " + Short.MAX_VALUE);
        ITypeConverter<Double> doubles = new NumberConverter<>(NumberConverter::finite, "a number");
        commands.registerConverter(Integer.class, integers);
        commands.registerConverter(int.class, integers);
        commands.registerConverter(Long.class, longs);
        commands.registerConverter(long.class, longs);
        commands.registerConverter(Short.class, shorts);
        commands.registerConverter(short.class, shorts);
        commands.registerConverter(Double.class, doubles);
        commands.registerConverter(double.class, doubles);
    }

    private static Double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }

    @Override
    public N convert(String text) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException exception) {
            throw new TypeConversionException("expected " + expectation + " (got " + text + ")");
        }
    }
}
