package dev.noether.flink.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * What the serializers of immutable values have in common: a value is its own copy, and an old one cannot be reused.
 *
 * @param <T> the kind of value
 */
public abstract class ImmutableValueSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, @Nullable T reuse) {
        return from;
    }

    @Override
    public final T deserialize(@Nullable T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public final int getLength() {
        return -1;
    }

    /** Serializers of one class are equal: none has settings. */
    @Override
    @SuppressWarnings("EqualsGetClass") // the subclasses are final, and differ
    public final boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }
}
