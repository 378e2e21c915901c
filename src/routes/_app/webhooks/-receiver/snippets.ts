export const languages = ['Node.js', 'Python', 'PHP', 'Java', 'C#', 'Go'] as const

export type Language = (typeof languages)[number]

interface Sample {
  /** A body as this receiver gets it. */
  readonly body: string
  /** What its form asks for as an answer. */
  readonly acknowledgedBy: string
}

/** Code that checks a callback after Standard Webhooks, with the sample as a comment. */
export function snippet(language: Language, { body, acknowledgedBy }: Sample): string {
  const comment = language === 'Python' ? '#' : '//'
  const shown = body.length > 300 ? `${body.slice(0, 300)}…` : body
  const php = language === 'PHP' ? '<?php\n' : ''
  return `${php}${comment} A body this receiver gets:\n${comment} ${shown}\n\n${code[language](acknowledgedBy)}`
}

const code: Readonly<Record<Language, (answer: string) => string>> = {
  'Node.js': answer => `import { createHmac, timingSafeEqual } from 'node:crypto'

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ''), 'base64')

export function isGenuine(headers, rawBody) {
  const id = headers['webhook-id']
  const time = headers['webhook-timestamp']
  if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return false
  const expected = createHmac('sha256', key).update(\`\${id}.\${time}.\${rawBody}\`).digest()
  return headers['webhook-signature'].split(' ').some(part => {
    const given = Buffer.from(part.replace(/^v1,/, ''), 'base64')
    return part.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
// Then answer: ${answer}`,
  Python: answer => `import base64, hashlib, hmac, os, time

key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))

def is_genuine(headers, raw_body: bytes) -> bool:
    id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    signed = f"{id}.{stamp}.".encode() + raw_body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(part, expected) for part in headers["webhook-signature"].split(" "))
# Then answer: ${answer}`,
  PHP: answer => `$key = base64_decode(preg_replace('/^whsec_/', '', getenv('WEBHOOK_SECRET')));

function isGenuine(array $headers, string $rawBody, string $key): bool {
    $id = $headers['webhook-id'];
    $time = $headers['webhook-timestamp'];
    if (abs(time() - (int) $time) > 300) return false;
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$rawBody", $key, true));
    foreach (explode(' ', $headers['webhook-signature']) as $part) {
        if (hash_equals($expected, $part)) return true;
    }
    return false;
}
// The raw body: file_get_contents('php://input'). Then answer: ${answer}`,
  Java: answer => `import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class Webhooks {
  static boolean isGenuine(String secret, String id, String time, String signature, String rawBody) throws Exception {
    if (Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(time)) > 300) return false;
    byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] expected = mac.doFinal((id + "." + time + "." + rawBody).getBytes(StandardCharsets.UTF_8));
    for (String part : signature.split(" "))
      if (part.startsWith("v1,")
          && MessageDigest.isEqual(expected, Base64.getDecoder().decode(part.substring(3)))) return true;
    return false;
  }
}
// Then answer: ${answer}`,
  'C#': answer => `using System.Security.Cryptography;
using System.Text;

static bool IsGenuine(string secret, string id, string time, string signature, string rawBody)
{
    if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(time)) > 300) return false;
    var key = Convert.FromBase64String(secret.StartsWith("whsec_") ? secret[6..] : secret);
    var expected = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{time}.{rawBody}"));
    return signature.Split(' ').Any(part => part.StartsWith("v1,")
        && CryptographicOperations.FixedTimeEquals(expected, Convert.FromBase64String(part[3..])));
}
// Then answer: ${answer}`,
  Go: answer => `package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"time"
)

func IsGenuine(secret, id, stamp, signature, rawBody string) bool {
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-seconds)) > 300 {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "." + rawBody))
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, part := range strings.Split(signature, " ") {
		if hmac.Equal([]byte(part), []byte(expected)) {
			return true
		}
	}
	return false
}

// Then answer: ${answer}`,
}
