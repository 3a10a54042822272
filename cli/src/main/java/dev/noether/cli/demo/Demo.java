package dev.noether.cli.demo;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.DeliveryLog;
import dev.noether.cli.verify.OutcomeMonitor;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.retrain.TopicTail;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.flink.schedule.RetrainingScheduler;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * One run of the demonstration. It starts the local stack, sends a history and trains a model on it ({@link
 * HistoryPhase}), sends live rows while a second model is trained and loaded ({@link LivePhase}), and makes a report
 * from the topics ({@link DemoAuditor}). Not thread-safe.
 */
public final class Demo {
    private final DemoOptions options;
    private final WorkloadChoice choice;
    private final Screen screen;

    /** Makes a run. */
    public Demo(DemoOptions options, WorkloadChoice choice, Screen screen) {
        this.options = options;
        this.choice = choice;
        this.screen = screen;
    }

    /** Receives the report of a run, while its console is open. */
    @FunctionalInterface
    public interface ReportReceiver {
        void take(DemoReport report) throws IOException;
    }

    /**
     * Runs the demonstration.
     *
     * @param receiver receiver of the report
     * @throws InterruptedException if the thread is interrupted; everything is closed then
     * @throws RetrainingException if the first training makes no model
     */
    public void run(ReportReceiver receiver) throws InterruptedException, RetrainingException, IOException {
        Workload first = choice.after(OptionalLong.empty(), options.length());
        WorkloadMarker marker = new WorkloadMarker(options.directory().root());
        boolean hasEarlierRun = marker.isPresent(first.description());
        screen.line("Starting a Kafka broker and Flink in this process …");
        DetectorConfig config = DemoDetector.config(first.features(), options, first.liveSpan());
        try (LocalStack stack = LocalStack.start(options.directory(), options.port(), config)) {
            if (options.isDirectoryKept() && !hasEarlierRun) {
                marker.write(first.description());
            }
            stack.scoring()
                    .resumedFrom()
                    .ifPresent(
                            path -> screen.line("The scoring job resumes from checkpoint " + path.getFileName() + "."));
            try (DemoConsole console = DemoConsole.start(stack.config(), options.directory(), screen)) {
                receiver.take(run(stack, first));
                if (options.stays()) {
                    console.stay();
                }
            }
        } finally {
            if (!options.isDirectoryKept()) {
                options.directory().delete();
            }
        }
    }

    private DemoReport run(LocalStack stack, Workload first) throws InterruptedException, RetrainingException {
        OptionalLong newest = TopicTail.newestEventTime(stack.config());
        Workload workload = choice.after(newest, options.length());
        DetectorConfig config = stack.config();
        DeliveryLog deliveries = new DeliveryLog();
        try (OutcomeMonitor monitor = OutcomeMonitor.start(config, deliveries);
                ObservationPublisher publisher =
                        new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            DemoRun run = new DemoRun(stack, screen, deliveries, monitor, publisher);
            screen.line("Kafka listens on " + config.kafka().bootstrapServers() + ". Sending the history of "
                    + workload.description() + ".");
            HistoryPhase history = new HistoryPhase(run);
            history.send(first, newest);
            history.loadFirstModel();
            try (EmbeddedRetraining retraining = new EmbeddedRetraining(config, HistoryRange.all());
                    RetrainingScheduler scheduler = new RetrainingScheduler(
                            retraining, run::announce, failure -> screen.line("A retraining failed: " + failure))) {
                LivePhase live = new LivePhase(run, workload, scheduler, rate(workload));
                long swaps;
                long refused;
                IncidentFeed incidents = IncidentFeed.start(config, screen);
                try {
                    live.send();
                    live.awaitOutcomes();
                    swaps = run.metrics().swaps();
                    refused = run.metrics().modelsRefused();
                    stack.scoring().close();
                } finally {
                    incidents.close();
                }
                screen.line("Reading all topics again to compare observations with outcomes …");
                return DemoAuditor.report(run, workload, scheduler, swaps, refused);
            }
        }
    }

    private double rate(Workload workload) {
        Double rate = options.rate();
        return rate == null ? choice.rate(workload, options.length()) : rate;
    }
}
