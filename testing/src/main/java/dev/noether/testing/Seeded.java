package dev.noether.testing;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for it a random generator, another one in each run; a failure prints the seed. */
public final class Seeded implements ParameterResolver, AfterTestExecutionCallback {
    private static final String PROPERTY = "noether.seed";

    private final long seed = Long.getLong(PROPERTY, System.nanoTime());

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == RandomGenerator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return new SplittableRandom(seed);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        test.getExecutionException()
                .ifPresent(failure -> System.err.println(
                        test.getDisplayName() + " failed; the same again with -D" + PROPERTY + "=" + seed));
    }
}
