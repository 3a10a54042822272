package dev.noether.cli.demo;

import dev.noether.cli.console.Screen;
import dev.noether.cli.tail.Paint;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.schemas.Incident;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the incidents of a demonstration while they happen, as a read_committed consumer in its own thread. */
final class IncidentFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CLOSING_MILLIS = 1_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Screen screen;
    private final IncidentNews news;
    private final OutputCodec<Incident> codec = OutputCodec.incidents();
    private final Thread thread;

    private IncidentFeed(DetectorConfig config, Screen screen) {
        this.screen = screen;
        news = new IncidentNews(Paint.of(Screen.isTerminal()), System.nanoTime());
        consumer = TopicReader.consumer(config);
        List<TopicPartition> partitions =
                TopicReader.partitions(consumer, config.topics().incidents());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::run, "incidents");
        thread.setDaemon(true);
    }

    /** Starts to show the incidents that are reported from now on. */
    static IncidentFeed start(DetectorConfig config, Screen screen) {
        IncidentFeed feed = new IncidentFeed(config, screen);
        feed.thread.start();
        return feed;
    }

    private void run() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    show(record);
                }
            }
        } catch (WakeupException | InterruptException closed) {
            news.rest().forEach(screen::line);
        } catch (KafkaException e) {
            LOG.warn("The incidents are not shown any more.", e);
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> record) {
        try {
            news.of(codec.decode(record.value()), System.nanoTime()).forEach(screen::line);
        } catch (MalformedRecordException e) {
            LOG.warn("An incident cannot be read: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
