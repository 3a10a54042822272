package dev.noether.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.OutputPath;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --json} of a benchmark: where its result goes beside the console. */
public final class JsonResultOption {
    private static final String OPTION = "--json";

    @Option(names = OPTION, paramLabel = "FILE", description = "Also write the result here, with every round.")
    private @Nullable Path file;

    /**
     * Asked before the measurement, so that none is lost for want of a folder.
     *
     * @throws BadUseException if the file cannot be written
     */
    public void requireWritable() {
        OutputPath.file(OPTION, file);
    }

    /** Writes a result, if the option was given. */
    public void write(Object result) throws IOException {
        if (file != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), result);
        }
    }
}
