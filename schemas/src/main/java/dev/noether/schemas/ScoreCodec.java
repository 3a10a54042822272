package dev.noether.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** The codec of {@link Score}. */
public final class ScoreCodec extends RecordCodec<Score> {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final UnscoredReason[] REASONS = UnscoredReason.values();

    public ScoreCodec() {
        super(SchemaStore.newest("Score"), SchemaStore.released());
    }

    @Override
    protected void write(Score score, Encoder out) throws IOException {
        out.writeString(score.detector());
        out.writeString(score.entity());
        out.writeLong(score.windowStart());
        out.writeLong(score.windowEnd());
        out.writeInt(score.sourcePartition());
        out.writeLong(score.sourceOffset());
        out.writeEnum(score.verdict().ordinal());
        UnscoredReason reason = score.unscoredReason();
        if (reason == null) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeEnum(reason.ordinal());
        }
        writeNumber(score.score(), out);
        writeNumber(score.pValue(), out);
        writeNumber(score.threshold(), out);
        writeContributions(score.contributions(), out);
        out.writeArrayStart();
        out.setItemCount(score.imputed().size());
        for (String feature : score.imputed()) {
            out.startItem();
            out.writeString(feature);
        }
        out.writeArrayEnd();
        if (score.modelVersion() == Score.NO_MODEL) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeLong(score.modelVersion());
        }
    }

    @Override
    protected Score read(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        String detector = readString(in, limit);
        String entity = readString(in, limit);
        long windowStart = in.readLong();
        long windowEnd = in.readLong();
        int partition = in.readInt();
        long offset = in.readLong();
        Verdict verdict = readEnum(in, VERDICTS);
        @Nullable UnscoredReason reason = readBranch(in, 2) == 0 ? null : readEnum(in, REASONS);
        double value = readNumber(in);
        double pValue = readNumber(in);
        double threshold = readNumber(in);
        List<Contribution> contributions = readContributions(in, limit);
        List<String> imputed = readStrings(in, limit);
        long modelVersion = readBranch(in, 2) == 0 ? Score.NO_MODEL : in.readLong();
        return new Score(
                detector,
                entity,
                windowStart,
                windowEnd,
                partition,
                offset,
                verdict,
                reason,
                value,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion);
    }

    private static void writeNumber(double value, Encoder out) throws IOException {
        if (Double.isNaN(value)) {
            out.writeIndex(0);
        } else {
            out.writeIndex(1);
            out.writeDouble(value);
        }
    }

    private static double readNumber(BinaryDecoder in) throws IOException, MalformedRecordException {
        return readBranch(in, 2) == 0 ? Double.NaN : in.readDouble();
    }

    private static void writeContributions(List<Contribution> contributions, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(contributions.size());
        for (int i = 0; i < contributions.size(); i++) {
            Contribution contribution = contributions.get(i);
            out.startItem();
            out.writeString(contribution.feature());
            out.writeFloat(contribution.share());
            out.writeFloat(contribution.observed());
            out.writeFloat(contribution.expected());
        }
        out.writeArrayEnd();
    }

    private List<Contribution> readContributions(BinaryDecoder in, int limit)
            throws IOException, MalformedRecordException {
        List<Contribution> contributions = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit / (3 * Float.BYTES));
            for (int i = 0; i < count; i++) {
                contributions.add(
                        new Contribution(readString(in, limit), in.readFloat(), in.readFloat(), in.readFloat()));
            }
        }
        return List.copyOf(contributions);
    }

    private List<String> readStrings(BinaryDecoder in, int limit) throws IOException, MalformedRecordException {
        List<String> strings = new ArrayList<>();
        for (long items = in.readArrayStart(); items != 0; items = in.arrayNext()) {
            int count = checkedCount(items, limit);
            for (int i = 0; i < count; i++) {
                strings.add(readString(in, limit));
            }
        }
        return List.copyOf(strings);
    }
}
