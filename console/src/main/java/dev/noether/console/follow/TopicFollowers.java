package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.TopicRole;
import dev.noether.flink.config.DetectorConfig;
import java.util.ArrayList;
import java.util.List;

/** The followers of all topics of a detector, each in its own thread. Thread safe. */
public final class TopicFollowers implements AutoCloseable {
    private static final long CLOSING_MILLIS = 3_000;

    private final List<TopicFollower> followers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final RateMeter rates = new RateMeter();

    private TopicFollowers() {}

    /** Starts to follow the topics. Does not wait for Kafka. */
    public static TopicFollowers start(DetectorConfig config, ConsoleStore store, FollowListener listener) {
        TopicFollowers all = new TopicFollowers();
        for (TopicRole role : TopicRole.values()) {
            RecordSink sink = switch (role) {
                case SCORES -> new ScoreSink(store, config.detector(), all.rates);
                case INCIDENTS -> new IncidentSink(store, config.detector(), listener);
                case MODELS -> new ModelsSink(store, config.detector(), listener);
                case FEEDBACK -> new FeedbackSink(store, config.detector(), listener);
            };
            TopicFollower follower = new TopicFollower(config, role, store, sink, listener);
            Thread thread = new Thread(follower, "console-" + role);
            thread.setDaemon(true);
            all.followers.add(follower);
            all.threads.add(thread);
        }
        all.threads.forEach(Thread::start);
        return all;
    }

    /** Returns how far each topic is read. */
    public List<FollowReport> reports() {
        return followers.stream().map(TopicFollower::report).toList();
    }

    /** Returns how fast scores are read. */
    public RateMeter rates() {
        return rates;
    }

    @Override
    public void close() {
        followers.forEach(TopicFollower::close);
        // Ends a wait for Kafka; a transaction of the store is not interrupted.
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(CLOSING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
