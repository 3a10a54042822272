package dev.noether.cli.demo;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.EmbeddedRetraining;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stack.RetrainingScheduler;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.Ledger;
import dev.noether.cli.verify.OutcomeTail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.RetrainingException;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.TopicTail;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * One run of the demonstration: the stack is started, a history sent and a model trained on it ({@link HistoryPart}), live rows
 * sent and scored, the model trained anew and swapped meanwhile ({@link LivePart}), and at the end everything is counted
 * ({@link DemoCount}). Not thread-safe.
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

    /**
     * Runs it.
     *
     * @throws InterruptedException if it is stopped; all is closed then
     * @throws RetrainingException if there is no first model
     */
    public DemoReport run() throws InterruptedException, RetrainingException, IOException {
        Workload first = choice.after(OptionalLong.empty(), options.length());
        SentBefore before = new SentBefore(options.directory().root());
        boolean known = before.isKnown(first.description());
        screen.line("Starting a Kafka broker and Flink in this process …");
        DetectorConfig config = DemoDetector.config(first.features(), options, first.liveSpan());
        try (LocalStack stack = LocalStack.start(options.directory(), options.port(), config)) {
            if (options.keep() && !known) {
                before.write(first.description());
            }
            stack.scoring()
                    .resumedFrom()
                    .ifPresent(path -> screen.line("The scoring job goes on from " + path.getFileName() + "."));
            return run(stack, first);
        } finally {
            if (!options.keep()) {
                options.directory().delete();
            }
        }
    }

    private DemoReport run(LocalStack stack, Workload first) throws InterruptedException, RetrainingException {
        OptionalLong newest = TopicTail.newestEventTime(stack.config());
        Workload workload = choice.after(newest, options.length());
        DetectorConfig config = stack.config();
        Ledger ledger = new Ledger();
        try (OutcomeTail tail = OutcomeTail.start(config, ledger);
                ObservationPublisher publisher =
                        new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            DemoRun run = new DemoRun(stack, screen, ledger, tail, publisher);
            screen.line("Kafka listens on " + config.kafka().bootstrapServers() + ". Sending " + workload.description()
                    + ".");
            HistoryPart history = new HistoryPart(run);
            history.send(first, newest);
            history.firstModel();
            try (RetrainingScheduler scheduler = new RetrainingScheduler(
                    new EmbeddedRetraining(config, HistoryRange.all()),
                    run::announce,
                    failure -> screen.line("A retraining failed: " + failure))) {
                LivePart live = new LivePart(run, workload, scheduler, rate(workload));
                live.send();
                live.awaitOutcomes();
                long swaps = run.metrics().swaps();
                long refused = run.metrics().modelsRefused();
                stack.scoring().close();
                screen.line("Counting: each observation against its score …");
                return DemoCount.of(run, workload, scheduler, swaps, refused);
            }
        }
    }

    private double rate(Workload workload) {
        Double asked = options.rate();
        return asked == null ? choice.rate(workload, options.length()) : asked;
    }
}
