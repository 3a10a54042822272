package dev.noether.cli.command;

import dev.noether.flink.release.ModelChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides on a model and why. */
final class DecisionChoice {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, one sentence, for the record.")
    @Nullable
    String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user's name).")
    @Nullable
    String by;

    /** Returns the reason of the decision. */
    ModelChange.Reason reason(String withoutOne) {
        String name = by == null ? System.getProperty("user.name", "unknown") : by;
        return new ModelChange.Reason(name, reason == null ? withoutOne : reason, List.of());
    }
}
