package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import dev.noether.flink.kafka.AccessException;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.notify.Notifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code noether notify}. */
@Command(
        name = "notify",
        header = "Tell people about incidents, until stopped.",
        description = {
            "Sends the incidents of a detector to the receivers of the section notify of its file: Prometheus",
            "Alertmanager, a webhook, Slack, PagerDuty. A failed delivery is repeated; what fails for too long goes to",
            "the topic of undelivered incidents. Several notifiers may run; one is active for each receiver."
        },
        footer = "Example: ./noether notify --config checkout.yaml")
public final class NotifyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorsChoice choice = new DetectorsChoice();

    @Override
    public Integer call() {
        DetectorFiles files = choice.load();
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        files.problems().forEach(problem -> screen.line("Nobody is told about this detector: " + problem));
        List<DetectorConfig> detectors = detectors(files, screen);
        screen.line("Ctrl-C stops.");
        Notifier notifier = Notifier.start(detectors, new NotifyNews(screen));
        try {
            new CountDownLatch(1).await();
            return ExitCode.FAILED;
        } catch (InterruptedException stopped) {
            return ExitCode.DONE;
        } finally {
            notifier.close();
            screen.line("Stopped.");
        }
    }

    private static void checkAccess(DetectorConfig config) {
        try {
            AccessCheck.require(config, AccessRole.NOTIFY);
        } catch (AccessException e) {
            throw e;
        } catch (TopicException notNow) {
            // The notifier tries again and says so.
        }
    }

    private List<DetectorConfig> detectors(DetectorFiles files, Screen screen) {
        List<DetectorConfig> usable = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (DetectorConfig one : files.detectors()) {
            try {
                String receivers = String.join(", ", Notifier.receivers(one));
                checkAccess(one);
                usable.add(one);
                screen.line("Detector " + one.detector() + ": incidents of the topic "
                        + one.topics().incidents() + " go to " + receivers + ".");
            } catch (ConfigurationException e) {
                problems.add("detector " + one.detector() + ": " + String.join("; ", e.problems()));
            } catch (AccessException e) {
                problems.add("detector " + one.detector() + ": " + String.join("; ", e.problems()));
            }
        }
        if (usable.isEmpty()) {
            throw new BadUseException(choice.path() + ": " + String.join("; ", problems));
        }
        problems.forEach(problem -> screen.line("Nobody is told about " + problem));
        return usable;
    }
}
