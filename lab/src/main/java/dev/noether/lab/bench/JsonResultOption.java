package dev.noether.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.OutputPath;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --json} of a benchmark: the file to which the result is written in addition to the console. */
public final class JsonResultOption {
    private static final String OPTION = "--json";

    @Option(names = OPTION, paramLabel = "FILE", description = "Also write the result here, with every round.")
    private @Nullable Path file;

    /**
     * Checks before the measurement that the file can be written, so that no result is lost.
     *
     * @throws BadUseException if the file cannot be written
     */
    public void requireWritable() {
        OutputPath.file(OPTION, file);
    }

    /** Writes a result, if the option is present. */
    public void write(Object result) throws IOException {
        if (file != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), result);
        }
    }
}
