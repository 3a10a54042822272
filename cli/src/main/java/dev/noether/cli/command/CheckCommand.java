package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.check.DetectorCheck;
import dev.noether.flink.check.Finding;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code noether check}. */
@Command(
        name = "check",
        header = "Compare a detector file with the records in Kafka, before anything is trained or scored.",
        description = {
            "Reads a sample of the observations topic and changes nothing.",
            "Exit code 0: no problem; 1: the detector cannot work with these records."
        },
        footer = "Example: ./noether check --config detector.yaml")
public final class CheckCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Override
    public Integer call() {
        DetectorConfig config = detector.load();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        List<Finding> findings = DetectorCheck.run(config, Instant.now());
        findings.forEach(finding -> screen.line(mark(finding.level()) + finding.text()));
        long problems = count(findings, Finding.Level.PROBLEM);
        screen.line(count(problems, "problem") + ", " + count(count(findings, Finding.Level.WARNING), "warning"));
        return problems == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String mark(Finding.Level level) {
        return switch (level) {
            case PROBLEM -> "problem: ";
            case WARNING -> "warning: ";
            case INFORMATION -> "         ";
        };
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
