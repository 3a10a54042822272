package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.JobArguments;
import dev.noether.flink.kafka.TopicSetup;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the missing topics of a detector: {@code --config FILE [--bootstrap SERVERS] [--partitions N]}. */
public final class TopicCreation {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final String PARTITIONS = "--partitions";
    private static final short REPLICATION = 1;

    private TopicCreation() {}

    /**
     * Creates the topics.
     *
     * @param arguments {@code --partitions} is for the topics of observations and of scores; the default is the
     *     detector's parallelism
     */
    public static void main(String[] arguments) {
        JobArguments values = JobArguments.parse(arguments, PARTITIONS);
        DetectorConfig config = values.config();
        int partitions = values.integer(PARTITIONS, config.parallelism());
        List<String> created = TopicSetup.create(config, partitions, REPLICATION);
        LOG.info("Created the topics {}; all others of detector {} exist already.", created, config.detector());
    }
}
