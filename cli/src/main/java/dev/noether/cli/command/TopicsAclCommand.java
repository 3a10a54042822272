package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.flink.access.AccessGrant;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether topics acl}. */
@Command(
        name = "acl",
        header = "Show or create the fewest rights in Kafka that each process of a detector works with.",
        description = {
            "Prints the commands of Kafka's kafka-acls.sh, one a line. With --create the rights are granted in Kafka;",
            "this needs a user who may do that. READ and WRITE include DESCRIBE."
        },
        footer = "Example: ./noether topics acl --config detector.yaml --process score --principal User:score")
final class TopicsAclCommand implements Callable<Integer> {
    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z]+:[^'\\p{Cntrl}]+");

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(
            names = "--process",
            split = ",",
            paramLabel = "NAME",
            description = "One or several of ${COMPLETION-CANDIDATES} (default: all).")
    List<AccessRole> processes = List.of(AccessRole.values());

    @Option(
            names = "--principal",
            paramLabel = "TYPE:NAME",
            description = "Who gets the rights, such as User:score (default: User:noether-PROCESS for each process).")
    @Nullable
    String principal;

    @Option(names = "--create", description = "Grant the rights in Kafka.")
    boolean creates;

    @Override
    public Integer call() {
        if (principal != null && !PRINCIPAL.matcher(principal).matches()) {
            throw new BadUseException(
                    "--principal must be a type and a name, such as User:score (got " + principal + ")");
        }
        DetectorConfig config = detector.load();
        List<AccessRole> roles = processes.stream()
                .distinct()
                .filter(role ->
                        role != AccessRole.IMPORT || config.source().imported().isUsed())
                .toList();
        if (roles.isEmpty()) {
            throw new BadUseException(
                    "detector " + config.detector() + " has no import: neither source.topics nor source.topicPattern");
        }
        PrintWriter out = Output.of(spec);
        for (AccessRole role : roles) {
            String owner = principal == null ? "User:noether-" + role.key() : principal;
            if (creates) {
                AccessGrant.create(config, role.rights(config), owner);
                out.println(
                        owner + " has the " + role.rights(config).size() + " rights of " + role.description() + ".");
            } else {
                out.println("# " + role.description() + ": " + owner);
                role.commands(config, owner).forEach(out::println);
            }
        }
        return ExitCode.DONE;
    }
}
