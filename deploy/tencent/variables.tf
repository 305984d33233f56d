variable "region" {
  description = "Region to deploy to."
  type        = string
  default     = "ap-guangzhou"
}

variable "name" {
  description = "Start of the functions' names; the form is added."
  type        = string
  default     = "reasonbook"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_-]{0,53}$", var.name))
    error_message = "Up to 54 letters, digits, \"-\" and \"_\"; the first is a letter."
  }
}

variable "namespace" {
  description = "SCF namespace; it has to exist."
  type        = string
  default     = "default"
}

variable "forms" {
  description = "What to deploy: \"web\", \"event\", or both. README.md says which to choose."
  type        = set(string)
  default     = ["web"]

  validation {
    condition     = length(var.forms) > 0 && length(setsubtract(var.forms, ["event", "web"])) == 0
    error_message = "The forms are \"web\" and \"event\"."
  }
}

variable "dist" {
  description = "Folder that make dist wrote to."
  type        = string
  default     = "../../dist"

  validation {
    condition     = fileexists("${var.dist}/SHA256SUMS")
    error_message = "There is no SHA256SUMS in it: run make dist in the root of the repository first."
  }
}

variable "token" {
  description = "Bearer token that callers of /diagnose must present. Left empty, the function refuses every POST, unless auth is \"none\"."
  type        = string
  default     = ""
  sensitive   = true
}

variable "auth" {
  description = "Empty asks for the token; \"none\" lets everybody call."
  type        = string
  default     = ""

  validation {
    condition     = contains(["", "none"], var.auth)
    error_message = "Either empty or \"none\"."
  }
}

variable "site_url" {
  description = "Address of the site that answers link to; if it is empty, links are relative."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(https?://\\S+)?$", var.site_url))
    error_message = "Starts with https:// or http://, or is empty."
  }
}

variable "report_url" {
  description = "Address that answers link to for reporting a message that no entry explains, such as https://host/path?body={text}; if it is empty, there is no such link."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(https?://[^\\s#]+\\{text\\}[^\\s#]*)?$", var.report_url))
    error_message = "Starts with https:// or http:// and has {text} for the message, or is empty."
  }
}

variable "public" {
  description = "Whether the web function can be called from the internet, and not only from the region's VPCs."
  type        = bool
  default     = true
}

variable "memory" {
  description = "Memory in MB, in steps of 128. One request of the largest size needs up to 160 MB."
  type        = number
  default     = 256

  validation {
    condition     = var.memory % 128 == 0 && var.memory >= 128 && var.memory <= 3072
    error_message = "A multiple of 128, up to 3072."
  }
}

variable "timeout" {
  description = "Seconds that a request may take. One of the largest size needs three of a whole processor; little memory gets a part of one."
  type        = number
  default     = 30

  validation {
    condition     = var.timeout == floor(var.timeout) && var.timeout >= 1 && var.timeout <= 900
    error_message = "1 to 900 seconds."
  }
}

variable "reserved_concurrency" {
  description = "Requests that each function serves at the same time; more get a 432. 0 switches the functions off; -1 sets no bound, for accounts whose own quota is too small to reserve from: SCF keeps 12,800 MB of it for functions without a bound."
  type        = number
  default     = 10

  validation {
    condition     = var.reserved_concurrency == floor(var.reserved_concurrency) && var.reserved_concurrency >= -1
    error_message = "A whole number, or -1."
  }
}

variable "cls_logset_id" {
  description = "Log set of CLS for the functions' log; set it together with cls_topic_id. Left out, SCF chooses."
  type        = string
  default     = null
}

variable "cls_topic_id" {
  description = "Topic of that log set; how long it keeps a log is its own setting."
  type        = string
  default     = null
}
