package dev.segue.render.values;

import dev.segue.keys.KeyEntry;
import dev.segue.render.go.GoText;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx2;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import freemarker.template.TemplateSequenceModel;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value as Go's templates see it, for templates that {@code segue convert} wrote: it prints as Go prints it, whatever it
 * is, and {@code <#list>} takes it with one or with two variables, be it a list or a map.
 */
public sealed interface GoModel extends TemplateModel {
    /** The value itself; null for nothing. */
    @Nullable
    Object value();

    /** What prints as Go's text although it is no text. */
    sealed interface Printed extends GoModel, TemplateScalarModel {
        @Override
        default String getAsString() {
            return GoText.printed(value());
        }
    }

    /** What {@code <#list ... as key, value>} takes. */
    sealed interface Listed extends Printed, TemplateHashModelEx2 {
        /** Each key with its value, in their order. */
        Stream<Map.Entry<TemplateModel, TemplateModel>> pairs();

        @Override
        default TemplateCollectionModel keys() {
            return () -> over(pairs().map(Map.Entry::getKey).iterator());
        }

        @Override
        default TemplateCollectionModel values() {
            return () -> over(pairs().map(Map.Entry::getValue).iterator());
        }

        @Override
        default KeyValuePairIterator keyValuePairIterator() {
            Iterator<Map.Entry<TemplateModel, TemplateModel>> pairs = pairs().iterator();
            return new KeyValuePairIterator() {
                @Override
                public boolean hasNext() {
                    return pairs.hasNext();
                }

                @Override
                public KeyValuePair next() {
                    Map.Entry<TemplateModel, TemplateModel> pair = pairs.next();
                    return new KeyValuePair() {
                        @Override
                        public TemplateModel getKey() {
                            return pair.getKey();
                        }

                        @Override
                        public TemplateModel getValue() {
                            return pair.getValue();
                        }
                    };
                }
            };
        }
    }

    /** A map, sorted by key. */
    record OfMap(Map<?, ?> value) implements Listed, TemplateCollectionModel {
        @Override
        public TemplateModel get(String key) {
            Object member = value.get(key);
            return member == null && value.containsKey(key) ? Nothing.NULL : GoModels.model(member);
        }

        @Override
        public Stream<Map.Entry<TemplateModel, TemplateModel>> pairs() {
            return value.keySet().stream().map(String::valueOf).map(key -> Map.entry(new SimpleScalar(key), get(key)));
        }

        /** The values: so a list in a template need not know whether it lists a list or a map. */
        @Override
        public TemplateModelIterator iterator() {
            return over(pairs().map(Map.Entry::getValue).iterator());
        }

        @Override
        public int size() {
            return value.size();
        }

        @Override
        public boolean isEmpty() {
            return value.isEmpty();
        }
    }

    /** A list; its keys are the indexes. */
    record OfList(List<?> value) implements Listed, TemplateSequenceModel {
        @Override
        public TemplateModel get(String key) throws TemplateModelException {
            throw new TemplateModelException("A list has no members");
        }

        @Override
        public @Nullable TemplateModel get(int index) {
            if (index < 0 || index >= value.size()) {
                return null;
            }
            Object element = value.get(index);
            return element == null ? Nothing.NULL : GoModels.model(element);
        }

        @Override
        public Stream<Map.Entry<TemplateModel, TemplateModel>> pairs() {
            return IntStream.range(0, value.size())
                    .mapToObj(index -> Map.entry(
                            GoModels.model((long) index),
                            value.get(index) == null ? Nothing.NULL : GoModels.model(value.get(index))));
        }

        @Override
        public int size() {
            return value.size();
        }

        @Override
        public boolean isEmpty() {
            return value.isEmpty();
        }
    }

    /** A key with its value: {@code .Key} and {@code .Value}. */
    record OfKey(KeyEntry value) implements Printed, freemarker.template.TemplateHashModel {
        @Override
        public TemplateModel get(String name) throws TemplateModelException {
            return switch (name) {
                case "Key" -> new SimpleScalar(value.key());
                case "Value" -> new SimpleScalar(value.value());
                default -> throw new TemplateModelException("A key with its value has no such member");
            };
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }

    /** A floating-point number. */
    record OfFloat(Double value) implements GoModel, TemplateNumberModel {
        @Override
        public Number getAsNumber() {
            return value;
        }
    }

    /**
     * Nothing: it prints {@code <no value>} and lists as empty.
     *
     * @param isNull true of JSON's null, which has no members; to ask for one is an error
     */
    record Nothing(boolean isNull) implements Listed, TemplateSequenceModel {
        /** What is not there; its members are not there either. */
        static final Nothing MISSING = new Nothing(false);

        static final Nothing NULL = new Nothing(true);

        @Override
        public @Nullable Object value() {
            return null;
        }

        @Override
        public TemplateModel get(String key) throws TemplateModelException {
            if (isNull) {
                throw new TemplateModelException("JSON's null has no members");
            }
            return MISSING;
        }

        @Override
        public @Nullable TemplateModel get(int index) {
            return null;
        }

        @Override
        public Stream<Map.Entry<TemplateModel, TemplateModel>> pairs() {
            return Stream.of();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    }

    private static TemplateModelIterator over(Iterator<TemplateModel> models) {
        return new TemplateModelIterator() {
            @Override
            public boolean hasNext() {
                return models.hasNext();
            }

            @Override
            public TemplateModel next() {
                return models.next();
            }
        };
    }
}
