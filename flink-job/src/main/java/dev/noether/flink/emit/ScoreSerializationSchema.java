package dev.noether.flink.emit;

import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import dev.noether.schemas.output.OutputFormat;
import java.nio.charset.StandardCharsets;

/** Serialization of scores. The key is the entity, the timestamp the event time. */
final class ScoreSerializationSchema extends CodecSerializationSchema<Score> {
    private static final long serialVersionUID = 1L;

    ScoreSerializationSchema(String topic, OutputFormat format, WriteGate gate) {
        super(topic, format, gate);
    }

    @Override
    OutputCodec<Score> newCodec(OutputFormat format) {
        return OutputCodec.scores(format);
    }

    @Override
    byte[] key(Score score) {
        return score.entity().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    Long timestamp(Score score) {
        // Kafka refuses a negative timestamp.
        return Math.max(0, score.eventTime());
    }
}
