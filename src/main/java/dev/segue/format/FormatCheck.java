package dev.segue.format;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.segue.resource.OutputFormat;
import dev.segue.settings.ProblemsException;
import dev.segue.toml.TomlDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads a rendered text as what it is said to be, and keeps nothing of it. */
public final class FormatCheck {
    /** As deep as {@code json()} of the templates reads. */
    private static final int DEEPEST_JSON = 100;

    /** YAML's reader copies all that it has each time that it fetches more. */
    private static final int MOST_AT_A_TIME = 1 << 20;

    private static final Pattern JSON_PLACE = Pattern.compile("at line (\\d+) column (\\d+) path");
    private static final Pattern TOML_PLACE = Pattern.compile("\\S*?:(\\d+):(\\d+)");
    private static final String WITHOUT_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private FormatCheck() {}

    /**
     * Why {@code text} is not of this format: {@code not JSON: line 3, column 7}; empty if it is. Says where, never what
     * stands there. Pure.
     *
     * <p>JSON is RFC 8259 without leniency, one value, at most 100 deep. YAML is 1.2, any number of documents with any
     * tags. TOML is 1.0. XML is well-formed 1.0 or 1.1 with namespaces; a {@code DOCTYPE} is refused, as it could name
     * other files. All but XML, which may say otherwise itself, are UTF-8.
     */
    public static Optional<String> fault(OutputFormat format, byte[] text) {
        try {
            switch (format) {
                case JSON -> readJson(utf8(text));
                case YAML -> readYaml(utf8(text));
                case TOML -> readToml(utf8(text));
                case XML -> readXml(text);
            }
            return Optional.empty();
        } catch (Fault e) {
            return Optional.of("not " + format + ": " + e.getMessage());
        }
    }

    private static String utf8(byte[] text) throws Fault {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Fault("it has bytes that are not UTF-8");
        }
    }

    private static void readJson(String text) throws Fault {
        JsonReader in = new JsonReader(new StringReader(text));
        in.setStrictness(Strictness.STRICT);
        in.setNestingLimit(DEEPEST_JSON);
        try {
            // Each part is taken, as what is skipped is not looked at as closely: it may hold control characters.
            for (int depth = takePart(in); depth > 0; ) {
                depth += takePart(in);
            }
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new Fault("more text follows its one value");
            }
        } catch (IOException e) {
            Matcher place = JSON_PLACE.matcher(String.valueOf(e.getMessage()));
            throw place.find() ? Fault.at(place) : new Fault("it cannot be read");
        }
    }

    /** What that adds to the depth. */
    private static int takePart(JsonReader in) throws IOException {
        JsonToken part = in.peek();
        switch (part) {
            case BEGIN_ARRAY -> in.beginArray();
            case BEGIN_OBJECT -> in.beginObject();
            case END_ARRAY -> in.endArray();
            case END_OBJECT -> in.endObject();
            case NULL -> in.nextNull();
            case NAME -> {
                var unused = in.nextName();
            }
            case BOOLEAN -> {
                var unused = in.nextBoolean();
            }
            default -> {
                var unused = in.nextString();
            }
        }
        return switch (part) {
            case BEGIN_ARRAY, BEGIN_OBJECT -> 1;
            case END_ARRAY, END_OBJECT -> -1;
            default -> 0;
        };
    }

    private static void readYaml(String text) throws Fault {
        // Events alone: they take neither recursion nor memory, however deep or long the text is.
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(Math.min(text.length() + 1, MOST_AT_A_TIME))
                .build();
        Set<Anchor> anchors = new HashSet<>();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (event instanceof DocumentStartEvent) {
                    anchors.clear();
                } else if (event instanceof AliasEvent alias && !anchors.contains(alias.getAlias())) {
                    throw alias.getStartMark().map(Fault::at).orElseGet(() -> new Fault("it cannot be read"));
                } else if (event instanceof NodeEvent node) {
                    node.getAnchor().ifPresent(anchors::add);
                }
            }
        } catch (MarkedYamlEngineException e) {
            throw e.getProblemMark().map(Fault::at).orElseGet(() -> new Fault("it cannot be read"));
        } catch (YamlEngineException e) {
            throw new Fault("it has a character that YAML does not allow");
        }
    }

    private static void readToml(String text) throws Fault {
        try {
            TomlDocument.parse("", text);
        } catch (ProblemsException e) {
            Matcher place = TOML_PLACE.matcher(e.problems().get(0).where());
            throw place.matches() ? Fault.at(place) : new Fault("it cannot be read");
        }
    }

    private static void readXml(byte[] text) throws Fault {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(WITHOUT_DOCTYPE, true);
            factory.newSAXParser().parse(new InputSource(new ByteArrayInputStream(text)), new Silent());
        } catch (SAXParseException e) {
            throw Fault.at(e.getLineNumber(), e.getColumnNumber());
        } catch (SAXException | IOException e) {
            throw new Fault("it cannot be read");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML reader lacks a feature that it is known to have", e);
        }
    }

    /** The default one prints to the standard error output, whose lines are the log's. */
    private static final class Silent extends DefaultHandler {
        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        private Fault(String what) {
            super(what);
        }

        private static Fault at(Mark mark) {
            return at(mark.getLine() + 1, mark.getColumn() + 1);
        }

        private static Fault at(Matcher place) {
            return at(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
        }

        private static Fault at(int line, int column) {
            return new Fault("line " + line + ", column " + column);
        }
    }
}
