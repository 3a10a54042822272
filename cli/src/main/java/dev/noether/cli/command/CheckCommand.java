package dev.noether.cli.command;

import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.check.DetectorCheck;
import dev.noether.flink.check.Finding;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.kafka.TopicException;
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
        header = "Compare detector files with the records in Kafka, before anything is trained or scored.",
        description = {
            "Reads a sample of the observations topic, and of the topics of an import, and changes nothing.",
            "Exit code 0: no problem; 1: the detector cannot work with these records."
        },
        footer = "Example: ./noether check --config detector.yaml")
public final class CheckCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorsChoice detectors = new DetectorsChoice();

    @Override
    public Integer call() {
        DetectorFiles files = detectors.load().withoutSharedOutputs();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        long problems = files.problems().size();
        for (DetectorConfig config : files.detectors()) {
            problems += detectors.isFolder() ? checkOneOfMany(config, screen) : check(config, screen);
        }
        files.problems().forEach(problem -> screen.line("problem: " + problem));
        return problems == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static long checkOneOfMany(DetectorConfig config, Screen screen) {
        screen.line("Detector " + config.detector() + ":");
        try {
            return check(config, screen);
        } catch (TopicException e) {
            screen.line(mark(Finding.Level.PROBLEM) + e.getMessage());
            return 1;
        }
    }

    /** Shows what was found; returns the number of problems. */
    private static long check(DetectorConfig config, Screen screen) {
        List<Finding> findings = DetectorCheck.run(config, Instant.now());
        findings.forEach(finding -> screen.line(mark(finding.level()) + finding.text()));
        long problems = count(findings, Finding.Level.PROBLEM);
        screen.line(count(problems, "problem") + ", " + count(count(findings, Finding.Level.WARNING), "warning"));
        return problems;
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
