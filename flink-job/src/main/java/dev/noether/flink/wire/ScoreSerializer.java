package dev.noether.flink.wire;

import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.UnscoredReason;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The serializer of {@link Score}. */
public final class ScoreSerializer extends CodecSerializer<Score> {
    private static final long serialVersionUID = 1L;

    @Override
    RecordCodec<Score> newCodec() {
        return new ScoreCodec();
    }

    @Override
    public TypeSerializer<Score> duplicate() {
        return new ScoreSerializer();
    }

    @Override
    public Score createInstance() {
        return Score.unscored("", "", 0, 0, 0, UnscoredReason.OTHER);
    }

    @Override
    public TypeSerializerSnapshot<Score> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Score> {
        public Snapshot() {
            super(ScoreSerializer::new);
        }
    }
}
