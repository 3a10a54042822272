package dev.noether.cli.tail;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.retrain.ScoresTail;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Shows the newest records of a topic and, if wanted, those that follow. What is not a record (there is none; one cannot
 * be read) goes to the other output, so that the first one can be piped. Not thread safe.
 */
public final class Tail {
    private final DetectorConfig config;
    private final TailOptions options;
    private final PrintWriter out;
    private final PrintWriter notes;

    /**
     * Makes a run.
     *
     * @param out receives a line for each record
     * @param notes receives what is not a record
     */
    public Tail(DetectorConfig config, TailOptions options, PrintWriter out, PrintWriter notes) {
        this.config = config;
        this.options = options;
        this.out = out;
        this.notes = notes;
    }

    /**
     * Shows the records.
     *
     * @param paint colours of the lines
     * @throws dev.noether.flink.kafka.TopicException if Kafka does not answer, or the topic does not exist
     */
    public void run(Paint paint) {
        String topic = options.topic().name(config);
        TopicCheck.forReading(config, topic);
        TailView view = TailView.of(options, config, paint);
        try (TailReader reader = new TailReader(config, topic, view, this::note)) {
            if (reader.past(options, this::show) == 0) {
                note(nothing(topic, reader.isEmpty()));
            }
            out.flush();
            if (options.follows()) {
                follow(reader);
            }
        }
    }

    /** Ends at the time limit, or when nobody reads the output any more. */
    private void follow(TailReader reader) {
        long start = System.nanoTime();
        long nanos =
                options.length() == null ? Long.MAX_VALUE : options.length().toNanos();
        while (System.nanoTime() - start < nanos && !out.checkError()) {
            reader.next(this::show);
        }
    }

    private void show(String line) {
        out.println(line);
    }

    private void note(String text) {
        out.flush();
        notes.println("noether: " + text);
        notes.flush();
    }

    private String nothing(String topic, boolean isEmpty) {
        String none = "no " + options.topic().records()
                + (options.entity() == null ? "" : " of " + options.entity())
                + (options.since() == null ? "" : " since " + options.since())
                + " in the topic " + topic + (isEmpty ? ", which is empty" : "") + "; ";
        return none
                + (options.topic() == TailTopic.MODELS ? trainings() : scoring())
                + (options.follows() ? "; waiting for new ones" : "");
    }

    private static String trainings() {
        return "train a model with ./noether retrain --config FILE";
    }

    private String scoring() {
        OptionalLong newest = ScoresTail.newestEventTime(config);
        return newest.isPresent()
                ? "the newest score is of " + Instant.ofEpochMilli(newest.getAsLong())
                : "there is no score either; is the scoring job running (./noether score --config FILE)?";
    }
}
